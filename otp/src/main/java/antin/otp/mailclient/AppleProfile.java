package antin.otp.mailclient;

import antin.directory.Person;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A configuration profile with one mail account for macOS, iOS and iPadOS (Apple's "Profile-Specific Payload Keys", payload {@code com.apple.mail.managed}). */
final class AppleProfile {

    private static final String DOCTYPE = "<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">";

    private final MailServerAddress server;

    AppleProfile(MailServerAddress server) {
        this.server = server;
    }

    /** Never with a password: the device asks for an app password. */
    byte[] of(Person person) {
        Xml xml = new Xml(DOCTYPE);
        xml.begin("plist", "version", "1.0").begin("dict");
        text(xml, "PayloadType", "Configuration");
        number(xml, "PayloadVersion", 1);
        text(xml, "PayloadIdentifier", reversed() + ".mail");
        text(xml, "PayloadUUID", uuid("profile", person));
        text(xml, "PayloadDisplayName", "Ấn Tín – " + person.address());
        text(xml, "PayloadOrganization", "Ấn Tín");
        xml.text("key", "PayloadContent").begin("array").begin("dict");
        text(xml, "PayloadType", "com.apple.mail.managed");
        number(xml, "PayloadVersion", 1);
        text(xml, "PayloadIdentifier", reversed() + ".mail.account");
        text(xml, "PayloadUUID", uuid("account", person));
        text(xml, "PayloadDisplayName", person.address());
        text(xml, "EmailAccountType", "EmailTypeIMAP");
        text(xml, "EmailAccountName", person.name());
        text(xml, "EmailAddress", person.address());
        side(xml, "IncomingMailServer", server.imaps(), person);
        side(xml, "OutgoingMailServer", server.submissions(), person);
        flag(xml, "OutgoingPasswordSameAsIncomingPassword", true);
        return xml.end().end().end().end().bytes();
    }

    private void side(Xml xml, String prefix, int port, Person person) {
        text(xml, prefix + "HostName", server.host());
        number(xml, prefix + "PortNumber", port);
        flag(xml, prefix + "UseSSL", true);
        text(xml, prefix + "Authentication", "EmailAuthPassword");
        text(xml, prefix + "Username", person.address());
    }

    private String reversed() {
        String[] labels = server.domain().split("\\.", -1);
        StringBuilder name = new StringBuilder();
        for (int i = labels.length - 1; i >= 0; i--) {
            name.append(name.isEmpty() ? "" : ".").append(labels[i]);
        }
        return name.toString();
    }

    /** The same for the same person: a newer profile takes the place of the former one. */
    private String uuid(String part, Person person) {
        return UUID.nameUUIDFromBytes((part + ' ' + server.domain() + ' ' + person.number()).getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static void text(Xml xml, String key, String value) {
        xml.text("key", key).text("string", value);
    }

    private static void number(Xml xml, String key, int value) {
        xml.text("key", key).text("integer", Integer.toString(value));
    }

    private static void flag(Xml xml, String key, boolean value) {
        xml.text("key", key).empty(Boolean.toString(value));
    }
}
