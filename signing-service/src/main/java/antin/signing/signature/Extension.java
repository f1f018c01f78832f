package antin.signing.signature;

import java.util.List;

/** Carries signatures to a level that can be proven for longer. Safe for use by many threads. */
public interface Extension {

    /**
     * Returns the document with every signature at least at {@code level}, validated.
     *
     * @param originals what detached signatures are over; empty for others
     * @throws antin.kernel.Problem {@code MALFORMED_DOCUMENT} where it has no signature, one that does not hold, or one that cannot reach the level;
     *     {@code PEER_UNAVAILABLE} where time stamps or status are away
     */
    SignedDocument extend(Document untrusted, List<Document> originals, SignatureLevel level);
}
