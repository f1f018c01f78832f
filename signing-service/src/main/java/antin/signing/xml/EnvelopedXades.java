package antin.signing.xml;

import antin.signing.signature.SignatureRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.xml.security.exceptions.XMLSecurityException;
import org.w3c.dom.Element;

/** XAdES-B inside an XML document that nobody signed yet: one element more before its root ends, all other octets as they were sent. */
public final class EnvelopedXades {

    private final SignatureRequest request;
    private final byte[] sent;
    private final int place;
    private final XadesElement element;

    private EnvelopedXades(SignatureRequest request, byte[] sent, int place, XadesElement element) {
        this.request = request;
        this.sent = sent;
        this.place = place;
        this.element = element;
    }

    /**
     * Empty where it is not that simple: signed before, in another encoding than UTF-8, with something behind its root.
     *
     * @param sent that {@link UntrustedXml} has let pass
     */
    public static Optional<EnvelopedXades> of(SignatureRequest request, byte[] sent) {
        org.w3c.dom.Document tree = XmlTree.parse(new ByteArrayInputStream(sent));
        int place = place(tree, sent);
        if (place < 0) {
            return Optional.empty();
        }
        try {
            byte[] digest = XadesElement.digest(request.algorithm()).digest(Canonical.of(tree));
            return Optional.of(new EnvelopedXades(request, sent, place, new XadesElement(request, digest)));
        } catch (XMLSecurityException e) { // such as a relative namespace (Canonical XML 1.0, 1.3)
            return Optional.empty();
        }
    }

    public byte[] toBeSigned() {
        return element.toBeSigned();
    }

    /** @param value as the key gave it, ECDSA in DER */
    public byte[] signed(byte[] value) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(sent.length + (16 << 10));
        octets.write(sent, 0, place);
        octets.writeBytes(element.with(XmlAlgorithms.value(request.certificate(), value)).getBytes(StandardCharsets.UTF_8));
        octets.write(sent, place, sent.length - place);
        return octets.toByteArray();
    }

    /** Where the root's end tag begins; -1 where it is none that can be told so. */
    private static int place(org.w3c.dom.Document tree, byte[] sent) {
        Element root = tree.getDocumentElement();
        if (!"UTF-8".equalsIgnoreCase(tree.getInputEncoding()) || tree.getLastChild() != root || !XmlTree.signatures(tree).isEmpty()) {
            return -1;
        }
        int end = beforeBlanks(sent, sent.length);
        if (sent[end - 1] != '>') {
            return -1;
        }
        byte[] tag = ("</" + root.getTagName()).getBytes(StandardCharsets.UTF_8);
        int after = beforeBlanks(sent, end - 1);
        int place = after - tag.length;
        return place > 0 && Arrays.equals(sent, place, after, tag, 0, tag.length) ? place : -1;
    }

    private static int beforeBlanks(byte[] octets, int end) {
        int at = end;
        while (at > 1 && (octets[at - 1] == ' ' || octets[at - 1] == '\t' || octets[at - 1] == '\r' || octets[at - 1] == '\n')) {
            at--;
        }
        return at;
    }
}
