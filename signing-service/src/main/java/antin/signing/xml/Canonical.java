package antin.signing.xml;

import antin.signing.OctetBuffer;
import org.apache.xml.security.Init;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Node;

/** W3C, Exclusive XML Canonicalization 1.0, without comments. */
final class Canonical {

    static final String EXCLUSIVE = Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS;
    private static final int ROOM = 8 << 10;

    static {
        Init.init();
    }

    private Canonical() {
    }

    /** @param subtree a document or an element */
    static byte[] of(Node subtree) throws XMLSecurityException {
        OctetBuffer octets = new OctetBuffer(ROOM);
        Canonicalizer.getInstance(EXCLUSIVE).canonicalizeSubtree(subtree, octets);
        return octets.toByteArray();
    }
}
