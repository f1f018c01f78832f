package antin.signing.xml;

import antin.signing.signature.SignatureRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.w3c.dom.Element;

/**
 * A short way to be certain of an enveloped XAdES-B that was just made, read anew from what was written: it is the document that was sent, octet for octet, and one element more, which is the one that this document, this certificate, this time and
 * this value have; and where it stands, its canonical form is what the key signed. Any doubt goes the long way.
 */
public final class FinishedXades {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedXades.class);

    private FinishedXades() {
    }

    /**
     * @param toBeSigned what the key signed
     * @param value      what the key gave; it was verified
     */
    public static boolean isCertain(SignatureRequest request, byte[] sent, byte[] finished, byte[] toBeSigned, byte[] value) {
        try {
            org.w3c.dom.Document tree = XmlTree.parse(new ByteArrayInputStream(finished));
            Element signature = only(XmlTree.signatures(tree));
            if (tree.getDocumentElement().getLastChild() != signature || !StrictXml.objections(tree).values().stream().allMatch(Set::isEmpty)) {
                return false;
            }
            byte[] info = Canonical.of(child(signature, "SignedInfo"));
            byte[] properties = Canonical.of(child(child(child(signature, "Object"), "QualifyingProperties"), "SignedProperties"));
            signature.getParentNode().removeChild(signature);
            XadesElement expected = new XadesElement(request, XadesElement.digest(request.algorithm()).digest(Canonical.of(tree)));
            return Arrays.equals(info, toBeSigned) && Arrays.equals(info, expected.toBeSigned()) && Arrays.equals(properties, expected.properties())
                && isInserted(sent, expected.with(XmlAlgorithms.value(request.certificate(), value)).getBytes(StandardCharsets.UTF_8), finished);
        } catch (XMLSecurityException | RuntimeException e) { // what is missing or of another type
            LOG.debug("A finished XML document is not certain: {}", e.toString());
            return false;
        }
    }

    /** Whether the second is the first with the element in one place. */
    private static boolean isInserted(byte[] sent, byte[] element, byte[] finished) {
        int place = Arrays.mismatch(sent, finished);
        if (finished.length != sent.length + element.length || place < 0) {
            return false;
        }
        while (place > 0 && finished[place] != '<') { // the element and what follows it may begin alike
            place--;
        }
        return Arrays.equals(finished, place, place + element.length, element, 0, element.length) && Arrays.equals(finished, place + element.length, finished.length, sent, place, sent.length);
    }

    private static Element child(Element parent, String name) {
        return only(XmlTree.children(parent, name));
    }

    private static Element only(List<Element> found) {
        if (found.size() != 1) {
            throw new IllegalArgumentException("None, or several");
        }
        return found.getFirst();
    }
}
