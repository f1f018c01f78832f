package antin.signing.xml;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
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
    /** XPath 1.0, 3.7: blanks may stand between words, and nowhere else. */
    private static final Pattern NO_SIGNATURE = Pattern.compile("not\\s*\\(\\s*ancestor-or-self\\s*::\\s*([\\w.-]+):Signature\\s*\\)");
    private static final Pattern SIGNATURES = Pattern.compile("(?:/\\s*descendant\\s*::|//)\\s*([\\w.-]+):Signature");
    private static final Set<String> HARMLESS = Set.of("http://www.w3.org/2000/09/xmldsig#base64", "http://www.w3.org/2001/10/xml-exc-c14n#",
        "http://www.w3.org/2001/10/xml-exc-c14n#WithComments", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315", "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
        "http://www.w3.org/2006/12/xml-c14n11", "http://www.w3.org/2006/12/xml-c14n11#WithComments");

    private Transformed() {
    }

    static boolean isPlain(Element reference, Element signature, @Nullable Element target) {
        int enveloped = 0;
        for (Element transform : XmlTree.children(reference, "Transforms").stream().flatMap(one -> XmlTree.children(one, "Transform").stream()).toList()) {
            if (transform.getAttribute("Algorithm").equals(ENVELOPED)) {
                enveloped++;
            } else if (!isKnown(transform)) {
                return false;
            }
        }
        return enveloped == 0 || enveloped == 1 && target != null && isIn(signature, target);
    }

    /** Any other may compute whatever it likes. */
    static boolean isKnown(Element transform) {
        String algorithm = transform.getAttribute("Algorithm");
        return algorithm.equals(ENVELOPED) || HARMLESS.contains(algorithm) || leavesOutSignatures(transform, algorithm);
    }

    /** What stands for the enveloped transform where there are several signatures, side by side. */
    private static boolean leavesOutSignatures(Element transform, String algorithm) {
        List<Element> expressions = XmlTree.children(transform, "XPath");
        if (expressions.size() != 1 || XmlTree.children(transform, "*").size() != 1) {
            return false;
        }
        Element expression = expressions.getFirst();
        Matcher words = (algorithm.equals(XPATH) ? NO_SIGNATURE : SIGNATURES).matcher(expression.getTextContent().strip());
        return words.matches() && XmlTree.SIGNATURES.equals(expression.lookupNamespaceURI(words.group(1)))
            && (algorithm.equals(XPATH) || algorithm.equals(FILTER) && expression.getAttribute("Filter").equals("subtract"));
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
