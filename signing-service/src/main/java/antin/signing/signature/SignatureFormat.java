package antin.signing.signature;

import java.util.List;

/**
 * A signature format such as PAdES: prepare, have the bytes signed somewhere, complete. Safe for use by many threads.
 */
public interface SignatureFormat {

    /** The word of the interface, such as {@code PAdES}. */
    String name();

    /** How its signatures may stand to what they sign, the usual way first. */
    List<Packaging> packagings();

    /** Of the finished document, such as {@code application/pdf}. */
    String mediaType(Packaging packaging);

    /**
     * Reads the document and says what is to be signed. Equal requests give equal bytes, so a half-done signature may be
     * prepared again elsewhere.
     *
     * @throws antin.kernel.Problem {@code MALFORMED_DOCUMENT} where the document cannot be signed in this format
     */
    PreparedSignature prepare(SignatureRequest request);

    /**
     * Carries every signature of the document to a higher level.
     *
     * @param level     T, LT or LTA; LTA again adds a further time stamp
     * @param originals what detached signatures are over; empty for others
     * @throws antin.kernel.Problem {@code MALFORMED_DOCUMENT} where that cannot be, {@code PEER_UNAVAILABLE}
     */
    SignedDocument extend(Document document, List<Document> originals, SignatureLevel level);

    /** A signature that lacks its value. Closing it removes what it keeps in the work folder. */
    interface PreparedSignature extends AutoCloseable {

        byte[] toBeSigned();

        /**
         * Puts the value in, fetches what the level needs, and validates the finished document before it is returned.
         *
         * @param value as {@link antin.kernel.key.SigningKey#sign} gives it
         * @throws antin.kernel.Problem {@code SIGNATURE_MISMATCH} where the value does not verify; {@code PEER_UNAVAILABLE} where time stamps or
         *     status are away; {@code CERTIFICATE_UNUSABLE} where it was revoked meanwhile; {@code INTERNAL} where the finished document does not verify
         */
        SignedDocument complete(byte[] value);

        @Override
        void close();
    }
}
