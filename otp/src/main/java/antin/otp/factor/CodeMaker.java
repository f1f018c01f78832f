package antin.otp.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.eatthepath.otp.HmacOneTimePasswordGenerator;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** RFC 4226's codes of six digits with SHA-1, what every authenticator app and token speaks. A time's code is that of its step (RFC 6238, 4.2). */
final class CodeMaker {

    static final Duration STEP = Duration.ofSeconds(30);

    private final HmacOneTimePasswordGenerator generator = new HmacOneTimePasswordGenerator();

    String code(byte[] secret, long counter) {
        try {
            return generator.generateOneTimePasswordString(new SecretKeySpec(secret, "RAW"), counter);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("Any bytes are a key for HMAC.", e);
        }
    }

    /** The last one within these bounds; all of them are tried, so that the time tells nothing. */
    OptionalLong find(byte[] secret, String code, long from, long to) {
        OptionalLong found = OptionalLong.empty();
        for (long counter = Math.max(0, from); counter <= to; counter++) {
            if (MessageDigest.isEqual(code(secret, counter).getBytes(US_ASCII), code.getBytes(US_ASCII))) {
                found = OptionalLong.of(counter);
            }
        }
        return found;
    }

    static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
    }
}
