package antin.otp.factor;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An app or token that shows one-time codes.
 *
 * @param last the last used step or counter; -1 before the first
 */
public record Device(UUID id, String person, DeviceKind kind, String name, long last, Instant created, Optional<Instant> lastUsed) {
}
