package antin.otp.totp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks time-based one-time codes (RFC 6238: SHA-1, 30 seconds, six digits, what every authenticator app speaks). Accepts
 * the step before and after the present one (RFC 6238, 5.2) and each code once. Does not slow down guessing: the throttle does.
 */
public final class OneTimeCodes {

    /** A code that is right but was used before is told apart for the count of failures, never to the person. */
    public enum Outcome {
        ACCEPTED, REPLAYED, WRONG
    }

    public static final Duration STEP = Duration.ofSeconds(30);
    public static final int SECRET_BYTES = 20; // RFC 4226, 4: 160 bits are recommended
    private static final int DRIFT = 1;

    private final SecondFactorStore store;
    private final Clock clock;
    private final TimeBasedOneTimePasswordGenerator generator = new TimeBasedOneTimePasswordGenerator(STEP);

    public OneTimeCodes(SecondFactorStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Spaces, which apps show between the digits, do not count. */
    public Outcome check(String person, String typedCode) {
        String code = typedCode.replace(" ", "");
        Optional<byte[]> secret = store.secret(person);
        if (secret.isEmpty()) {
            return Outcome.WRONG;
        }
        long now = clock.instant().getEpochSecond() / STEP.toSeconds();
        long matching = -1;
        for (long step = now - DRIFT; step <= now + DRIFT; step++) { // all of them, so that the time tells nothing
            if (MessageDigest.isEqual(code(secret.get(), step).getBytes(US_ASCII), code.getBytes(US_ASCII))) {
                matching = step;
            }
        }
        if (matching < 0) {
            return Outcome.WRONG;
        }
        return store.spend(person, matching) ? Outcome.ACCEPTED : Outcome.REPLAYED;
    }

    private String code(byte[] secret, long step) {
        try {
            return generator.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), Instant.ofEpochSecond(step * STEP.toSeconds()));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("Any bytes are a key for HMAC.", e);
        }
    }
}
