package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailSettingsTest {

    private static final String WHOLE = """
        listen=127.0.0.1
        hostname=mail.city.example
        mail-domain=city.example
        smtp-port=10025
        submission-port=10587
        submissions-port=10465
        lmtp-port=10024
        imap-port=10143
        imaps-port=10993
        pop3-port=0
        sieve-port=14190
        management-port=9544
        tls.key-file=tls/mail-server.key
        tls.chain-file=tls/mail-server.pem
        internal.folder=tls/internal
        login-url=https://localhost:9440
        database.url=jdbc:postgresql://127.0.0.1:15432/mail
        database.user=mail
        database.password-file=secrets/postgres-mail.password
        audit-folder=audit
        work-folder=mail
        """;

    @TempDir
    private Path home;

    @Test
    void readsEveryKeyAndKnowsItsDefaults() throws IOException {
        Settings file = file(WHOLE);
        MailSettings settings = MailSettings.read(file);
        file.refuseUnknownKeys();

        assertThat(settings.ports()).isEqualTo(new MailSettings.Ports(10025, 10587, 10465, 10024, 10143, 10993, 0, 0, 14190));
        assertThat(settings.database().passwordFile()).isEqualTo(home.resolve("secrets/postgres-mail.password"));
        assertThat(settings.maxLetterBytes()).isEqualTo(26_214_400);
        assertThat(settings.tokens()).isEmpty();
        assertThat(settings.connections()).isEqualTo(new MailSettings.Connections(10_000, 100));
    }

    @Test
    void readsWhoseTokensCountAndWhichProxiesSpeak() throws IOException {
        Settings file = file(WHOLE + "token.issuer=https://localhost:8440\ntoken.trust-file=tls/root.pem\nproxies=10.1.0.0/16, 2001:db8::1\n");
        MailSettings settings = MailSettings.read(file);
        file.refuseUnknownKeys();

        assertThat(settings.tokens()).contains(new MailSettings.Tokens("https://localhost:8440", URI.create("https://localhost:8440/oauth2/jwks"), home.resolve("tls/root.pem")));
        for (String wrong : new String[] {"10.1.0.0/33", "proxy.example", "10.1/16", "::/129", "10.1.0.0/-1"}) {
            assertThatThrownBy(() -> MailSettings.read(file(WHOLE + "proxies=" + wrong + "\n"))).isInstanceOf(Problem.class).hasMessageContaining("proxies");
        }
        assertThatThrownBy(() -> MailSettings.read(file(WHOLE + "token.issuer=http://localhost:8440\ntoken.trust-file=x\n"))).isInstanceOf(Problem.class)
            .hasMessageContaining("token.keys-url");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> MailSettings.read(file(WHOLE.replace("https://", "http://")))).isInstanceOf(Problem.class).hasMessageContaining("login-url");
        assertThatThrownBy(() -> MailSettings.read(file(WHOLE + "max-letter-bytes=1\n"))).isInstanceOf(Problem.class).hasMessageContaining("max-letter-bytes");
        assertThatThrownBy(() -> MailSettings.read(file(WHOLE.replace("mail-domain=city.example", "")))).isInstanceOf(Problem.class)
            .hasMessageContaining("mail-domain");
    }

    private Settings file(String text) throws IOException {
        Path conf = Files.createDirectories(home.resolve("conf")).resolve("mail-server.properties");
        Files.writeString(conf, text);
        return Settings.read(conf);
    }
}
