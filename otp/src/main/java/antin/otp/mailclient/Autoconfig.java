package antin.otp.mailclient;

import java.util.Locale;
import java.util.Optional;

/**
 * What Thunderbird and programs like it ask for when somebody types an address (Mozilla's autoconfiguration file format, version 1.1). The answer rests on the address's domain
 * alone, never on whether somebody has it.
 */
final class Autoconfig {

    private final MailServerAddress server;
    private final String issuer;

    Autoconfig(MailServerAddress server, String issuer) {
        this.server = server;
        this.issuer = issuer;
    }

    /** @param untrustedAddress as the program sent it; may be anything */
    byte[] answer(Optional<String> untrustedAddress) {
        Xml xml = new Xml();
        xml.begin("clientConfig", "version", "1.1").begin("emailProvider", "id", server.domain());
        xml.text("domain", server.domain());
        untrustedAddress.flatMap(this::unitDomain).ifPresent(domain -> xml.text("domain", domain));
        xml.text("displayName", "Ấn Tín").text("displayShortName", "Ấn Tín");
        incoming(xml, "imap", server.imaps(), "SSL");
        incoming(xml, "imap", server.imap(), "STARTTLS");
        incoming(xml, "pop3", server.pop3s(), "SSL");
        incoming(xml, "pop3", server.pop3(), "STARTTLS");
        outgoing(xml, server.submissions(), "SSL");
        outgoing(xml, server.submission(), "STARTTLS");
        xml.begin("documentation", "url", issuer + "/account/setup").text("descr", "Ấn Tín").end();
        xml.end();
        xml.begin("oAuth2").text("issuer", OAuthClient.issuerName(issuer)).text("scope", OAuthClient.SCOPES).text("authURL", issuer + "/oauth2/authorize")
            .text("tokenURL", issuer + "/oauth2/token").end();
        return xml.end().bytes();
    }

    /** Addresses of units are below the main domain; any name there is answered alike. */
    private Optional<String> unitDomain(String untrustedAddress) {
        String domain = untrustedAddress.substring(untrustedAddress.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return domain.length() <= 253 && domain.endsWith('.' + server.domain()) && domain.matches("[a-z0-9-]+(\\.[a-z0-9-]+)+") ? Optional.of(domain) : Optional.empty();
    }

    private void incoming(Xml xml, String type, int port, String security) {
        if (port > 0) {
            server(xml.begin("incomingServer", "type", type), port, security);
        }
    }

    private void outgoing(Xml xml, int port, String security) {
        if (port > 0) {
            server(xml.begin("outgoingServer", "type", "smtp"), port, security);
        }
    }

    /** "password-cleartext" is the format's word for PLAIN and LOGIN, which are inside TLS here; the first that a program knows is taken. */
    private void server(Xml xml, int port, String security) {
        xml.text("hostname", server.host()).text("port", Integer.toString(port)).text("socketType", security).text("username", "%EMAILADDRESS%")
            .text("authentication", "OAuth2").text("authentication", "password-cleartext").end();
    }
}
