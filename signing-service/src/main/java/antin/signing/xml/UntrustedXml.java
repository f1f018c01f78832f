package antin.signing.xml;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads XML once, as a stream and with nothing but the text itself, before a tree is built of it: no DTD, bounded depth and count. */
public final class UntrustedXml {

    private static final int DEEPEST = 200;
    private static final int MOST_NODES = 100_000;
    private static final int MOST_ATTRIBUTES = 1_000;
    private static final SAXParserFactory PARSERS = parsers();

    private UntrustedXml() {
    }

    /** @throws Problem {@code MALFORMED_DOCUMENT} */
    public static void check(Document document) {
        try (InputStream in = Files.newInputStream(document.file())) {
            check(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws Problem {@code MALFORMED_DOCUMENT} */
    public static void check(InputStream in) {
        check(in, MOST_NODES);
    }

    /** @param mostNodes elements and attributes; few read at once, as trusted lists are, may have more. @throws Problem {@code MALFORMED_DOCUMENT} */
    public static void check(InputStream in, int mostNodes) {
        try {
            parser().parse(new InputSource(in), new Limits(mostNodes));
        } catch (SAXException e) {
            throw refusal(e);
        } catch (IOException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The XML document is not in the encoding that it names.", e);
        }
    }

    private static SAXParser parser() throws SAXException {
        synchronized (PARSERS) { // a factory is for one thread at a time
            try {
                return PARSERS.newSAXParser();
            } catch (ParserConfigurationException e) {
                throw new IllegalStateException("It made others", e);
            }
        }
    }

    private static SAXParserFactory parsers() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            return factory;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("The JDK's parser has no such feature", e);
        }
    }

    private static Problem refusal(SAXException e) {
        String where = e instanceof SAXParseException at && at.getLineNumber() > 0 ? " (line " + at.getLineNumber() + ")" : "";
        String what = e instanceof Excess ? "The XML document is nested too deeply or has too many nodes"
            : String.valueOf(e.getMessage()).contains("DOCTYPE") ? "An XML document with a document type declaration (DTD) is not taken"
            : "The document is not well-formed XML";
        return new Problem(Kind.MALFORMED_DOCUMENT, what + where + ".", e);
    }

    private static final class Excess extends SAXParseException {
        Excess(@Nullable Locator locator) {
            super("beyond the limits", locator);
        }
    }

    private static final class Limits extends DefaultHandler {

        private final int mostNodes;
        private @Nullable Locator locator;
        private int depth;
        private int nodes;

        Limits(int mostNodes) {
            this.mostNodes = mostNodes;
        }

        @Override
        public void setDocumentLocator(Locator here) {
            locator = here;
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
            nodes += 1 + attributes.getLength();
            if (++depth > DEEPEST || nodes > mostNodes || attributes.getLength() > MOST_ATTRIBUTES) {
                throw new Excess(locator);
            }
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            depth--;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
