package antin.signing.xml;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Transforms that leave nothing out but signatures (XML Signature 1.1, 6.6). */
final class Transformed {

    private static final String ENVELOPED = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    private static final String XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116";
    static final String FILTER = "http://www.w3.org/2002/06/xmldsig-filter2";
    /** With {@link #FILTER} and {@code subtract}: everything but signatures. */
    static final String ALL_SIGNATURES = "/descendant::ds:Signature";
    private static final Pattern BLANKS = Pattern.compile("\\s");
    private static final Set<String> HARMLESS = Set.of("http://www.w3.org/2000/09/xmldsig#base64", "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11", "http://www.w3.org/2006/12/xml-c14n11#WithComments");

    private Transformed() {
    }

    static boolean isPlain(Element reference, Element signature, @Nullable Element target) {
        int enveloped = 0;
        for (Element transform : XmlTree.children(reference, "Transforms").stream().flatMap(one -> XmlTree.children(one, "Transform").stream()).toList()) {
            String algorithm = transform.getAttribute("Algorithm");
            if (algorithm.equals(ENVELOPED)) {
                enveloped++;
            } else if (!HARMLESS.contains(algorithm) && !leavesOutSignatures(transform, algorithm)) {
                return false;
            }
        }
        return enveloped == 0 || enveloped == 1 && target != null && isIn(signature, target);
    }

    /** What stands for the enveloped transform where there are several signatures, side by side. */
    private static boolean leavesOutSignatures(Element transform, String algorithm) {
        List<Element> expressions = XmlTree.children(transform, "XPath");
        if (expressions.size() != 1 || XmlTree.children(transform, "*").size() != 1) {
            return false;
        }
        Element expression = expressions.getFirst();
        String text = BLANKS.matcher(expression.getTextContent()).replaceAll("");
        int colon = text.lastIndexOf(":Signature");
        int before = Math.max(text.lastIndexOf(':', colon - 1), text.lastIndexOf('/', colon - 1));
        if (colon < 0 || before < 0 || !XmlTree.SIGNATURES.equals(expression.lookupNamespaceURI(text.substring(before + 1, colon)))) {
            return false;
        }
        String prefix = text.substring(before + 1, colon);
        return algorithm.equals(XPATH) && text.equals("not(ancestor-or-self::" + prefix + ":Signature)")
            || algorithm.equals(FILTER) && expression.getAttribute("Filter").equals("subtract")
            && (text.equals("/descendant::" + prefix + ":Signature") || text.equals("//" + prefix + ":Signature"));
    }

    private static boolean isIn(Element signature, Element target) {
        for (Node node = signature; node != null; node = node.getParentNode()) {
            if (node == target) {
                return true;
            }
        }
        return false;
    }
}
