package antin.otp.apppassword;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What is known of an app password afterwards; never the password.
 *
 * @param person   the owner's number
 * @param name     the owner's word for it, such as {@code Điện thoại}
 * @param expires  empty: never
 * @param lastUsed to the hour; empty: never yet
 */
public record AppPassword(UUID id, String person, String name, Set<MailScope> scopes, Instant created, Optional<Instant> expires,
    Optional<Instant> lastUsed) {

    public AppPassword {
        scopes = Set.copyOf(scopes);
    }
}
