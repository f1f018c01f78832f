package antin.directory;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of somebody's password without knowing it.
 *
 * @param changed   when it was set, by the server's clock; empty where nobody knows
 * @param temporary whether an administrator set it, so that its owner must choose another
 */
public record PasswordState(Optional<Instant> changed, boolean temporary) {
}
