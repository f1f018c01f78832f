package antin.otp.apppassword;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is known of an app password afterwards; never the password.
 *
 * @param person   the owner's number
 * @param name     the owner's word for it, such as {@code Điện thoại}
 * @param expires  empty: never
 * @param lastUsed to the hour; empty: never yet
 */
public record AppPassword(UUID id, String person, String name, Set<AppScope> scopes, Instant created, Optional<Instant> expires,
    Optional<Instant> lastUsed) {

    public AppPassword {
        scopes = Set.copyOf(scopes);
    }

    /** For people's eyes: {@code IMAP, SMTP}. */
    public String protocols() {
        return scopes.stream().sorted().map(AppScope::protocol).collect(Collectors.joining(", "));
    }
}
