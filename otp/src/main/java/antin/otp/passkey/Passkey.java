package antin.otp.passkey;

import java.time.Instant;
import java.util.Optional;

/**
 * A key that an authenticator keeps for a person.
 *
 * @param id the credential's identifier, in base64url
 */
public record Passkey(String id, String name, Instant created, Optional<Instant> lastUsed) {
}
