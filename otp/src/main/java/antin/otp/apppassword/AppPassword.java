package antin.otp.apppassword;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is known of an app password afterwards; never the password.
 *
 * @param person  the owner's number
 * @param name    the owner's word for the device, such as {@code Điện thoại}
 * @param expires empty: never
 * @param lastUse empty: never yet
 */
public record AppPassword(UUID id, String person, String name, Set<AppScope> scopes, Instant created, Optional<Instant> expires, Optional<LastUse> lastUse) {

    /**
     * The last use that was written down.
     *
     * @param time    to the hour
     * @param scope   empty where an older version wrote it
     * @param address of IPv6 the link only; empty as above
     */
    public record LastUse(Instant time, Optional<AppScope> scope, Optional<String> address) {
    }

    public AppPassword {
        scopes = Set.copyOf(scopes);
    }

    public Optional<Instant> lastUsed() {
        return lastUse.map(LastUse::time);
    }

    /** For people's eyes: {@code IMAP, SMTP}. */
    public String protocols() {
        return scopes.stream().sorted().map(AppScope::protocol).collect(Collectors.joining(", "));
    }

    /** For people's eyes: {@code IMAP, 192.0.2.4}; empty where nothing is known. */
    public String lastPlace() {
        return lastUse.map(use -> use.scope().map(AppScope::protocol).orElse("") + use.address().map(address -> ", " + address).orElse("")).orElse("");
    }
}
