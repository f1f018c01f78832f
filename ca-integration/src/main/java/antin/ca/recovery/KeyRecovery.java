package antin.ca.recovery;

import java.security.cert.X509Certificate;

/** Opens keys of the recovery archive. Who may have one opened is decided before, by two persons. Safe for use by many threads. */
public interface KeyRecovery {

    /**
     * What is to be opened, and for whom: all of it is written down where the key is.
     *
     * @param envelope  as {@link Envelope} sealed it
     * @param owner     whose key it must be
     * @param approval  the two persons' approval, good for one opening
     * @param requester a person's number
     * @param approver  another person's
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Opening(byte[] envelope, String owner, String approval, String requester, String approver) {
    }

    /** For whom envelopes are sealed. Throws {@link antin.kernel.Problem} NOT_FOUND where the installation has no recovery key. */
    X509Certificate certificate();

    /**
     * A private key (PKCS#8).
     *
     * @throws antin.kernel.Problem {@code LOCKED_OUT} where there were too many today or the approval was used, {@code MALFORMED_DOCUMENT} for what was not sealed for this key,
     *     or is another owner's
     */
    byte[] open(Opening opening);
}
