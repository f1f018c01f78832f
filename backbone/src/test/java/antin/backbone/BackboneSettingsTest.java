package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.backbone.status.StatusListener;
import antin.directory.ldap.LdapSettings.Host;
import antin.kernel.Problem;
import antin.kernel.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackboneSettingsTest {

    private static final String COMPLETE = """
        public-url=https://localhost:8440
        port=8440
        internal-port=9440
        management-port=9540
        tls.key-file=tls/backbone.key
        tls.chain-file=tls/backbone.pem
        internal.folder=tls/internal
        database.url=jdbc:postgresql://127.0.0.1:15432/backbone
        database.user=backbone
        database.password-file=secrets/postgres-backbone.password
        directory.hosts=127.0.0.1:10636
        directory.base=dc=city,dc=example
        directory.trust-file=tls/root.pem
        directory.mail-domain=city.example
        secret-key-file=secrets/backbone.key
        signing-audience=https://localhost:8443
        status-port=8441
        status-keys.password-file=secrets/status-keys.password
        ca-url=https://localhost:9441
        """;

    @TempDir
    private Path home;

    @Test
    void readsEveryKeyWithItsDefault() throws IOException {
        BackboneSettings settings = read(COMPLETE);
        assertThat(settings.listen()).isEqualTo("127.0.0.1");
        assertThat(settings.https().port()).isEqualTo(8440);
        assertThat(settings.internalPort()).isEqualTo(9440);
        assertThat(settings.managementPort()).isEqualTo(9540);
        assertThat(settings.https().listen()).isEqualTo("127.0.0.1");
        assertThat(settings.https().keyFile()).isEqualTo(home.resolve("tls/backbone.key"));
        assertThat(settings.database().passwordFile()).isEqualTo(home.resolve("secrets/postgres-backbone.password"));
        assertThat(settings.directory().hosts()).containsExactly(new Host("127.0.0.1", 10636));
        assertThat(settings.directoryPolicyFile()).isEqualTo(home.resolve("conf/directory.properties"));
        assertThat(settings.auditFolder()).isEqualTo(home.resolve("audit"));
        assertThat(settings.oidc().mailAudience()).isEqualTo("urn:antin:mail");
        assertThat(settings.status()).isEqualTo(new BackboneSettings.StatusSettings(8441, home.resolve("status"), home.resolve("secrets/status-keys.password"),
            home.resolve("status-copy"), URI.create("https://localhost:9441"), List.of(), Duration.ofMillis(500), new StatusListener.Limits(200, 50)));
        assertThat(settings.sample()).isFalse();
    }

    @Test
    void refusesWhatCannotWorkInOneSentence() {
        assertThatThrownBy(() -> read(COMPLETE + "prot=1\n")).isInstanceOf(Problem.class).hasMessageContaining("Did you mean port?");
        assertThatThrownBy(() -> read(COMPLETE.replace("https://localhost:8440", "http://localhost:8440"))).hasMessageContaining("public-url");
        assertThatThrownBy(() -> read(COMPLETE.replace("jdbc:postgresql", "jdbc:h2"))).hasMessageContaining("database.url");
        assertThatThrownBy(() -> read(COMPLETE.replace("https://localhost:9441", "http://localhost:9441"))).hasMessageContaining("ca-url");
        assertThatThrownBy(() -> read(COMPLETE + "sample=true\nlisten=0.0.0.0\n")).hasMessageContaining("must not listen on 0.0.0.0");
    }

    @Test
    void readsTheKeysOfAnEjbcaServer() throws IOException {
        assertThat(read(COMPLETE).ejbca()).isEmpty();
        String ejbca = """
            ejbca.url=https://ejbca.city.example:8443/ejbca/ejbca-rest-api
            ejbca.authority=Issuing CA G1
            ejbca.end-entity-profile=STAFF
            ejbca.certificate-profile.person-signing=PERSON
            ejbca.trust-file=tls/ejbca-server.pem
            ejbca.anchor-file=tls/ejbca-root.pem
            """;
        assertThat(read(COMPLETE + ejbca + "ejbca.key-file=tls/ejbca.key\nejbca.chain-file=tls/ejbca.pem\n").ejbca().orElseThrow().profiles()).containsExactly("person-signing");
        assertThat(read(COMPLETE + ejbca + "ejbca.token-file=secrets/ejbca.token\n").ejbca()).isPresent();
        assertThatThrownBy(() -> read(COMPLETE + ejbca + "ejbca.token-file=secrets/ejbca.token\nejbca.certificate-profile.person-singing=X\n")).isInstanceOf(Problem.class)
            .hasMessageContaining("ejbca.certificate-profile.person-signing");
    }

    private BackboneSettings read(String text) throws IOException {
        Path file = home.resolve("conf/backbone.properties");
        Files.createDirectories(home.resolve("conf"));
        return BackboneSettings.read(Settings.read(Files.writeString(file, text)));
    }
}
