package antin.signing.xml;

import antin.signing.signature.Objection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** One {@code ds:Signature}, by its shape alone: what it refers to, and what of itself it leaves unsigned. */
final class StrictSignature {

    private static final String ADVANCED = "http://uri.etsi.org/01903/";
    private static final Pattern POINTER = Pattern.compile("#xpointer\\(id\\(['\"]([^'\"]+)['\"]\\)\\)"); // XML Signature 1.1, 4.4.3.2
    private static final Pattern OUTSIDE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*|/.*|.*\\.\\./.*", Pattern.DOTALL);

    private final Element signature;
    private final Map<String, List<Element>> identified;
    private final List<Element> contents = new ArrayList<>();
    private final List<Element> parts = new ArrayList<>();
    private final Set<Objection> found = EnumSet.noneOf(Objection.class);

    StrictSignature(Element signature, Map<String, List<Element>> identified) {
        this.signature = signature;
        this.identified = identified;
        if (XmlTree.children(signature, "SignedInfo").stream().flatMap(info -> XmlTree.children(info, "SignatureMethod").stream()).anyMatch(method -> method.getAttribute("Algorithm").contains("hmac"))) {
            found.add(Objection.FORBIDDEN_ALGORITHM);
        }
        boolean outside = false;
        for (Element reference : XmlTree.children(signature, "SignedInfo").stream().flatMap(info -> XmlTree.children(info, "Reference").stream()).toList()) {
            outside |= !read(reference);
        }
        if (contents.isEmpty() && !outside) {
            found.add(Objection.NOTHING_SIGNED);
        }
        XmlTree.children(signature, "Object").forEach(this::object);
        if (hasStrangers(signature)) {
            found.add(Objection.UNSIGNED_OBJECT);
        }
    }

    String id() {
        return signature.getAttribute("Id");
    }

    Set<Objection> objections() {
        return EnumSet.copyOf(found.isEmpty() ? EnumSet.noneOf(Objection.class) : found);
    }

    /** The elements of the document that it is over. */
    List<Element> contents() {
        return contents;
    }

    /** Whether an element is in what it is over, and in no signature that a transform takes out. */
    boolean covers(Element element) {
        for (Node node = element; node != null; node = node.getParentNode()) {
            if (contents.contains(node) || parts.contains(node)) {
                return true;
            }
            if (node instanceof Element one && XmlTree.SIGNATURES.equals(one.getNamespaceURI()) && "Signature".equals(one.getLocalName())) {
                return false;
            }
        }
        return false;
    }

    /** Returns whether it refers to something in this document, or seems to. */
    private boolean read(Element reference) {
        String uri = reference.getAttribute("URI");
        boolean known = true;
        if (!uri.isEmpty() && !uri.startsWith("#") || !reference.hasAttribute("URI")) {
            if (OUTSIDE.matcher(uri).matches()) {
                found.add(Objection.OUTSIDE_REFERENCE);
            }
            known = false;
        } else {
            Element target = target(uri);
            if (reference.getAttribute("Type").endsWith("#SignedProperties") && reference.getAttribute("Type").startsWith("http://uri.etsi.org/01903")) {
                properties(target);
            } else if (target != null && isProperties(target)) {
                properties(target);
            } else if (target == null) {
                known = false;
            } else {
                contents.add(target);
            }
        }
        if (!Transformed.isPlain(reference, signature, contents.isEmpty() ? null : contents.getLast())) {
            found.add(Objection.HIDING_TRANSFORM);
        }
        return known;
    }

    private @Nullable Element target(String uri) {
        if (uri.isEmpty() || uri.equals("#xpointer(/)")) {
            return signature.getOwnerDocument().getDocumentElement();
        }
        Matcher pointer = POINTER.matcher(uri);
        if (!pointer.matches() && uri.contains("(")) {
            found.add(Objection.HIDING_TRANSFORM);
            return null;
        }
        List<Element> named = identified.getOrDefault(pointer.matches() ? pointer.group(1) : uri.substring(1), List.of());
        if (named.size() > 1) {
            found.add(Objection.AMBIGUOUS_ID);
        }
        return named.isEmpty() ? null : named.getFirst();
    }

    /** ETSI EN 319 132-1, 4.4: in a QualifyingProperties of this signature's own. */
    private void properties(@Nullable Element target) {
        boolean own = target != null && isProperties(target) && target.getParentNode() instanceof Element qualifying && "QualifyingProperties".equals(qualifying.getLocalName())
            && qualifying.getParentNode() instanceof Element object && object.getParentNode() == signature;
        if (own) {
            parts.add(target);
        } else {
            found.add(Objection.UNSIGNED_PROPERTIES);
        }
    }

    private static boolean isProperties(Element element) {
        return "SignedProperties".equals(element.getLocalName()) && String.valueOf(element.getNamespaceURI()).startsWith(ADVANCED);
    }

    private void object(Element object) {
        for (Element qualifying : XmlTree.children(object, "QualifyingProperties")) {
            if (XmlTree.children(qualifying, "SignedProperties").stream().anyMatch(one -> !parts.contains(one))) {
                found.add(Objection.UNSIGNED_PROPERTIES);
            }
        }
        boolean signed = contents.contains(object) || XmlTree.children(object, "*").stream().anyMatch(one -> contents.contains(one) || "QualifyingProperties".equals(one.getLocalName()));
        if (!signed) {
            found.add(Objection.UNSIGNED_OBJECT);
        }
    }

    /** Elements of neither XML signatures nor XAdES that no reference is over. */
    private boolean hasStrangers(Element parent) {
        for (Element child : XmlTree.children(parent, "*")) {
            boolean signed = contents.contains(child) && child != signature || parts.contains(child);
            String space = String.valueOf(child.getNamespaceURI());
            boolean info = parent == signature && "SignedInfo".equals(child.getLocalName()); // what the value is over
            if (!signed && !info && (!space.startsWith("http://www.w3.org/") && !space.startsWith("http://uri.etsi.org/") || hasStrangers(child))) {
                return true;
            }
        }
        return false;
    }
}
