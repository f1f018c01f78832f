package antin.otp.mailclient;

import java.io.ByteArrayOutputStream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a small XML document in UTF-8; what is text is escaped. */
final class Xml {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter writer;

    private interface Step {
        void take() throws XMLStreamException;
    }

    Xml() {
        this("");
    }

    /** @param doctype goes before the first element; of our own code */
    Xml(String doctype) {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
            writer.writeStartDocument("UTF-8", "1.0");
            if (!doctype.isEmpty()) {
                writer.writeDTD(doctype);
            }
        } catch (XMLStreamException e) {
            throw new IllegalStateException("It goes to memory.", e);
        }
    }

    /** @param attributes names and values in turn */
    Xml begin(String element, String... attributes) {
        return step(() -> {
            writer.writeStartElement(element);
            for (int i = 0; i < attributes.length; i += 2) {
                writer.writeAttribute(attributes[i], attributes[i + 1]);
            }
        });
    }

    Xml namespace(String uri) {
        return step(() -> writer.writeDefaultNamespace(uri));
    }

    Xml text(String element, String text) {
        return begin(element).step(() -> writer.writeCharacters(text)).end();
    }

    Xml empty(String element) {
        return step(() -> writer.writeEmptyElement(element));
    }

    Xml end() {
        return step(writer::writeEndElement);
    }

    byte[] bytes() {
        step(() -> {
            writer.writeEndDocument();
            writer.flush();
        });
        return bytes.toByteArray();
    }

    private Xml step(Step step) {
        try {
            step.take();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("It goes to memory.", e);
        }
    }
}
