package antin.otp.mailclient;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What Outlook asks for when somebody types an address (Microsoft's [MS-OXDSCLI], "POX"). The address comes back as it was sent, in our own domain or not: the answer tells
 * nothing about who exists.
 */
final class Autodiscover {

    static final int LARGEST = 16 * 1024;
    private static final String RESPONSES = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    private static final String OUTLOOK = "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    private final MailServerAddress server;

    Autodiscover(MailServerAddress server) {
        this.server = server;
    }

    /** Empty for what is no question. */
    Optional<byte[]> answer(byte[] untrustedXml) {
        return address(untrustedXml).map(address -> {
            Xml xml = new Xml();
            xml.begin("Autodiscover").namespace(RESPONSES).begin("Response").namespace(OUTLOOK);
            xml.begin("User").text("DisplayName", address).end();
            xml.begin("Account").text("AccountType", "email").text("Action", "settings");
            protocol(xml, "IMAP", server.imaps(), address);
            protocol(xml, "POP3", server.pop3s(), address);
            protocol(xml, "SMTP", server.submissions(), address);
            return xml.end().end().end().bytes();
        });
    }

    private void protocol(Xml xml, String type, int port, String address) {
        if (port > 0) {
            xml.begin("Protocol").text("Type", type).text("Server", server.host()).text("Port", Integer.toString(port)).text("DomainRequired", "off").text("LoginName", address)
                .text("SPA", "off").text("SSL", "on").text("AuthRequired", "on");
            if (type.equals("SMTP")) {
                xml.text("UsePOPAuth", "off").text("SMTPLast", "off");
            }
            xml.end();
        }
    }

    /** Neither DTD nor entity is taken, so that a question reaches no file and no other host and does not grow. */
    private static Optional<String> address(byte[] untrustedXml) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(untrustedXml));
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                    return Optional.empty();
                }
                if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("EMailAddress")) {
                    return Optional.of(reader.getElementText().strip()).filter(text -> text.length() <= 254 && text.matches("[^\\s<>\"&@\\p{Cntrl}]+@[A-Za-z0-9.-]+"));
                }
            }
            return Optional.empty();
        } catch (XMLStreamException | RuntimeException e) { // the JDK's reader throws both for what is broken
            return Optional.empty();
        }
    }
}
