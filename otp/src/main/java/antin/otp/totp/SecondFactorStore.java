package antin.otp.totp;

import java.util.Optional;

/** Where second factors last. Safe for use by many threads and several processes. A person is named by their number. */
public interface SecondFactorStore {

    /** The shared secret; empty where the person has none yet. */
    Optional<byte[]> secret(String person);

    /** Keeps the secret, in place of the one before. */
    void keep(String person, byte[] secret);

    /** Marks a time step as used. True for exactly one caller, and only if no later step was used before (RFC 6238, 5.2). */
    boolean spend(String person, long step);
}
