package antin.signing.xml;

import java.util.ArrayList;
import java.util.List;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What a signature says that it is over, read from the tree alone. */
final class XmlReferences {

    private XmlReferences() {
    }

    /** The URI of each reference of {@code ds:SignedInfo}. */
    static List<String> uris(Element signature) {
        List<String> uris = new ArrayList<>();
        NodeList references = signature.getElementsByTagNameNS(XmlTree.SIGNATURES, "Reference");
        for (int i = 0; i < references.getLength(); i++) {
            if (references.item(i) instanceof Element reference && reference.getParentNode() != null && "SignedInfo".equals(reference.getParentNode().getLocalName())) {
                uris.add(reference.getAttribute("URI"));
            }
        }
        return uris;
    }
}
