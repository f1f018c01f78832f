package antin.kernel.audit;

import java.time.Instant;
import java.util.Optional;

/** Reads a time stamp and believes it or not. Never throws. */
public interface StampCheck {

    /** The stamp's time; empty where {@code untrustedResponse} is not a TimeStampResp (RFC 3161) of that SHA-256 value by somebody trusted. */
    Optional<Instant> time(byte[] sha256, byte[] untrustedResponse);
}
