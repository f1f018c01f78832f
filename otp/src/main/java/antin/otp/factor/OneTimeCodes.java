package antin.otp.factor;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Checks the codes of a person's devices. By time (RFC 6238: SHA-1, 30 seconds, six digits) the step before and after the present one
 * count (5.2); by counter (RFC 4226) a few ones ahead (7.4). Each code is accepted once, and none that is earlier than the last used one of its
 * device. Does not slow down guessing: the throttle does.
 */
public final class OneTimeCodes {

    /** A code that is right but was used before is told apart for the count of failures, never to the person. */
    public enum Outcome {
        ACCEPTED, REPLAYED, WRONG
    }

    public static final int SECRET_BYTES = 20; // RFC 4226, 4: 160 bits are recommended
    private static final int DRIFT = 1;
    private static final int LOOK_AHEAD = 10; // presses of a token's button that nobody typed
    private static final int LOOK_AHEAD_RESYNC = 100;

    private final Devices devices;
    private final Clock clock;
    private final CodeMaker codes = new CodeMaker();

    public OneTimeCodes(Devices devices, Clock clock) {
        this.devices = devices;
        this.clock = clock;
    }

    public static byte[] randomSecret(SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return secret;
    }

    /** Spaces, which apps show between the digits, do not count. */
    public Outcome check(String person, String typedCode) {
        String code = plain(typedCode);
        Outcome outcome = Outcome.WRONG;
        for (Devices.Keyed keyed : devices.keyed(person)) {
            Outcome here = check(keyed, code);
            if (here == Outcome.ACCEPTED) {
                return here;
            }
            outcome = here == Outcome.REPLAYED ? here : outcome;
        }
        return outcome;
    }

    private Outcome check(Devices.Keyed keyed, String code) {
        Device device = keyed.device();
        OptionalLong matching = switch (device.kind()) {
            case TOTP -> matchingStep(keyed.secret(), code);
            case HOTP -> codes.find(keyed.secret(), code, device.last() + 1, device.last() + LOOK_AHEAD);
        };
        if (matching.isEmpty()) {
            // The counter's last code, sent again: no guess either
            boolean again = device.kind() == DeviceKind.HOTP && device.last() >= 0 && codes.find(keyed.secret(), code, device.last(), device.last()).isPresent();
            return again ? Outcome.REPLAYED : Outcome.WRONG;
        }
        return devices.spend(device.id(), matching.getAsLong()) ? Outcome.ACCEPTED : Outcome.REPLAYED;
    }

    /** The code that confirms a new device: its step or counter. */
    OptionalLong confirms(DeviceKind kind, byte[] secret, String typedCode) {
        String code = plain(typedCode);
        return kind == DeviceKind.TOTP ? matchingStep(secret, code) : codes.find(secret, code, 0, LOOK_AHEAD);
    }

    /** RFC 4226, 7.4: a counter that ran far ahead is found by two codes that follow each other. Both are used by that. */
    public boolean resync(String person, UUID device, String first, String second) {
        for (Devices.Keyed keyed : devices.keyed(person)) {
            if (keyed.device().id().equals(device) && keyed.device().kind() == DeviceKind.HOTP) {
                long last = keyed.device().last();
                for (long counter = last + 1; counter <= last + LOOK_AHEAD_RESYNC; counter++) {
                    if (codes.find(keyed.secret(), plain(first), counter, counter).isPresent() && codes.find(keyed.secret(), plain(second), counter + 1, counter + 1).isPresent()) {
                        return devices.spend(device, counter + 1);
                    }
                }
            }
        }
        return false;
    }

    private OptionalLong matchingStep(byte[] secret, String code) {
        long now = CodeMaker.step(clock.instant());
        return codes.find(secret, code, now - DRIFT, now + DRIFT);
    }

    private static String plain(String typed) {
        return typed.replace(" ", "");
    }
}
