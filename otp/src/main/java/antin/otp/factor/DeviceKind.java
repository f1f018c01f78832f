package antin.otp.factor;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a device comes to its codes. */
public enum DeviceKind {
    /** By the time, RFC 6238. */
    TOTP,
    /** By a counter, RFC 4226. */
    HOTP;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeviceKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
