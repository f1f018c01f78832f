package antin.signing.xml;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Trees of XML that {@link UntrustedXml} has let pass. */
final class XmlTree {

    static final String SIGNATURES = "http://www.w3.org/2000/09/xmldsig#";
    private static final List<String> IDS = List.of("Id", "ID", "id");
    private static final DocumentBuilderFactory BUILDERS = builders();

    private XmlTree() {
    }

    static org.w3c.dom.Document read(Document document) {
        InMemory.check(document, "XML that is read as a tree");
        UntrustedXml.check(document);
        try (InputStream in = Files.newInputStream(document.file())) {
            return parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of octets that {@link UntrustedXml} has let pass. */
    static org.w3c.dom.Document parse(InputStream in) {
        try {
            return builder().parse(in);
        } catch (SAXException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is not well-formed XML.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DocumentBuilder builder() {
        synchronized (BUILDERS) { // a factory is for one thread at a time
            try {
                return BUILDERS.newDocumentBuilder();
            } catch (ParserConfigurationException e) {
                throw new IllegalStateException("It made others", e);
            }
        }
    }

    private static DocumentBuilderFactory builders() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            return factory;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's parser has no such feature", e);
        }
    }

    static void write(org.w3c.dom.Document tree, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            tree.setXmlStandalone(true);
            TransformerFactory.newDefaultInstance().newTransformer().transform(new DOMSource(tree), new StreamResult(out));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TransformerException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
    }

    static List<Element> signatures(org.w3c.dom.Document tree) {
        return elements(tree.getElementsByTagNameNS(SIGNATURES, "Signature"));
    }

    /** Every element with this Id; whoever refers to it must find one alone, or readers may find different ones. */
    static List<Element> withId(org.w3c.dom.Document tree, String id) {
        return elements(tree.getElementsByTagName("*")).stream().filter(element -> IDS.stream().anyMatch(name -> id.equals(value(element, name)))).toList();
    }

    /** Tells the tree which attribute the Id is; a parser without a schema does not know. */
    static void markId(Element element, String id) {
        IDS.stream().filter(name -> id.equals(value(element, name))).findFirst().ifPresent(name -> element.setIdAttribute(name, true));
    }

    private static String value(Element element, String name) {
        Attr attribute = element.getAttributeNode(name);
        return attribute == null ? "" : attribute.getValue();
    }

    /** The child elements of this local name; of every one for {@code *}. */
    static List<Element> children(Element parent, String local) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && (local.equals("*") || local.equals(element.getLocalName()))) {
                children.add(element);
            }
        }
        return children;
    }

    /** With its namespace (Namespaces in XML 1.0, 2.1). */
    static String name(Element element) {
        return "{" + (element.getNamespaceURI() == null ? "" : element.getNamespaceURI()) + "}" + element.getLocalName();
    }

    static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
