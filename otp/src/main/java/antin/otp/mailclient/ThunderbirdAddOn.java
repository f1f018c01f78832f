package antin.otp.mailclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Tells Thunderbird (140 and later) where to log in for our mail servers: its {@code oauth_provider} API knows no other way for an issuer that it was not built with. An .xpi
 * with nothing but a manifest, without any permission; and the policy by which an organisation installs it on every machine.
 */
final class ThunderbirdAddOn {

    private static final String VERSION = "1.0";
    private static final LocalDateTime MADE = LocalDateTime.of(2026, 11, 22, 0, 0); // always the same bytes

    private final MailServerAddress server;
    private final String issuer;

    ThunderbirdAddOn(MailServerAddress server, String issuer) {
        this.server = server;
        this.issuer = issuer;
    }

    byte[] xpi() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, UTF_8)) {
            ZipEntry entry = new ZipEntry("manifest.json");
            entry.setTimeLocal(MADE);
            zip.putNextEntry(entry);
            zip.write(manifest().getBytes(UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** {@code policies.json} beside the program, see Thunderbird's enterprise policies: ExtensionSettings. */
    String policies() {
        return """
            {"policies": {"ExtensionSettings": {"%s": {"installation_mode": "force_installed", "install_url": "%s"}}}}
            """.formatted(id(), issuer + MailClientFiles.ADD_ON);
    }

    /**
     * People log in with their own browser (RFC 8252, 4), where passkeys and tokens work, and answers must name us (RFC 9207); Thunderbird 140 knows neither word and goes on
     * without. Every value is an address or a name that was checked at the start: none has a quote in it.
     */
    private String manifest() {
        return """
            {
              "manifest_version": 3,
              "name": "Ấn Tín: %s",
              "version": "%s",
              "browser_specific_settings": {"gecko": {"id": "%s", "strict_min_version": "140.0"}},
              "oauth_provider": {
                "issuer": "%s",
                "issuerIdentifier": "%s",
                "clientId": "%s",
                "authorizationEndpoint": "%s/oauth2/authorize",
                "tokenEndpoint": "%s/oauth2/token",
                "redirectionEndpoint": "%s",
                "usePKCE": true,
                "useExternalBrowser": true,
                "hostnames": ["%s"],
                "scopes": "%s"
              }
            }
            """.formatted(server.domain(), VERSION, id(), OAuthClient.issuerName(issuer), issuer, OAuthClient.ID, issuer, issuer, OAuthClient.REDIRECT, server.host(), OAuthClient.SCOPES);
    }

    private String id() {
        return "an-tin-mail@" + server.domain();
    }
}
