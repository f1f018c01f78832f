package antin.signing.xml;

import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Holds XML signatures to what they seem to be over, whoever says that their values are right. Sources: XML Signature Best Practices (W3C, 2013),
 * 2.1 to 2.4 (see what is signed, nothing computed, nothing fetched), and McIntosh and Austel, XML Signature Element Wrapping Attacks (2005).
 */
public final class StrictXml {

    private final org.w3c.dom.Document tree;
    private final List<Element> all;
    private final List<StrictSignature> signatures;

    private StrictXml(org.w3c.dom.Document tree) {
        this.tree = tree;
        this.all = XmlTree.elements(tree.getElementsByTagName("*"));
        Map<String, List<Element>> identified = identified(all);
        this.signatures = XmlTree.signatures(tree).stream().map(one -> new StrictSignature(one, identified)).toList();
    }

    /** By the Id of each signature; those of one without an Id under an empty one. */
    public static Map<String, Set<Objection>> objections(Document document) {
        return new StrictXml(XmlTree.read(document)).find();
    }

    /** As the other, for XML that is known to be small and without a DTD. */
    public static Map<String, Set<Objection>> objections(InputStream checked) {
        return new StrictXml(XmlTree.parse(checked)).find();
    }

    static Map<String, Set<Objection>> objections(org.w3c.dom.Document tree) {
        return new StrictXml(tree).find();
    }

    private Map<String, Set<Objection>> find() {
        Map<String, Set<Objection>> found = new LinkedHashMap<>();
        boolean cut = hasCutText(tree.getDocumentElement());
        for (StrictSignature signature : signatures) {
            Set<Objection> own = signature.objections();
            if (cut) {
                own.add(Objection.COMMENT_IN_TEXT);
            }
            if (signature.contents().stream().anyMatch(this::hasTwin)) {
                own.add(Objection.WRAPPED_CONTENT);
            }
            found.computeIfAbsent(signature.id(), any -> EnumSet.noneOf(Objection.class)).addAll(own);
        }
        return found;
    }

    /** Somebody who looks for the element by its name may find the one that nobody signed. */
    private boolean hasTwin(Element signed) {
        return all.stream().anyMatch(one -> one != signed && isAlike(one, signed) && signatures.stream().noneMatch(signature -> signature.covers(one)));
    }

    private static boolean isAlike(Element one, Element other) {
        return XmlTree.name(one).equals(XmlTree.name(other)) && !XmlTree.SIGNATURES.equals(one.getNamespaceURI());
    }

    /** Canonical XML drops comments; some readers take the text before them for the whole. */
    private static boolean hasCutText(Node parent) {
        boolean text = false;
        boolean comment = false;
        boolean cut = false;
        for (Node child = parent.getFirstChild(); child != null && !cut; child = child.getNextSibling()) {
            text |= (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) && !child.getNodeValue().isBlank();
            comment |= child.getNodeType() == Node.COMMENT_NODE;
            cut = child.getNodeType() == Node.ELEMENT_NODE && hasCutText(child);
        }
        return cut || text && comment;
    }

    /** By any attribute that one reader or another takes for an identifier, such as {@code Id}, {@code xml:id} and {@code wsu:Id}. */
    private static Map<String, List<Element>> identified(List<Element> all) {
        Map<String, List<Element>> found = new LinkedHashMap<>();
        for (Element element : all) {
            var attributes = element.getAttributes();
            Set<String> own = new java.util.HashSet<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                Node attribute = attributes.item(i);
                if ("id".equalsIgnoreCase(attribute.getLocalName()) && own.add(attribute.getNodeValue())) {
                    found.computeIfAbsent(attribute.getNodeValue(), any -> new ArrayList<>()).add(element);
                }
            }
        }
        return found;
    }
}
