package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import antin.keys.pkcs11.Pkcs11Settings;
import antin.signing.key.KeySettings.Pkcs11Devices;
import antin.signing.key.KeySettings.Pkcs12Folder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningSettingsTest {

    private static final String COMPLETE = """
        public-url=https://localhost:8443
        port=8443
        management-port=9543
        tls.key-file=tls/signing-service.key
        tls.chain-file=tls/signing-service.pem
        internal.folder=tls/internal
        internal-url=https://localhost:9440
        issuer=https://localhost:8440
        trust-file=tls/root.pem
        status-url=http://localhost:8441
        database.url=jdbc:postgresql://127.0.0.1:15432/signing
        database.user=signing
        database.password-file=secrets/postgres-signing.password
        """;

    private static final TestPki PKI = new TestPki();

    @TempDir
    private Path home;

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @Test
    void readsEveryKeyWithItsDefault() throws IOException, GeneralSecurityException {
        SigningSettings settings = read(COMPLETE);
        assertThat(settings.https().listen()).isEqualTo("127.0.0.1");
        assertThat(settings.https().port()).isEqualTo(8443);
        assertThat(settings.managementPort()).isEqualTo(9543);
        assertThat(settings.trust().city()).containsExactly(root());
        assertThat(settings.trust().timeStampUrls()).containsExactly("http://localhost:8441/tsa");
        assertThat(settings.trust().allowed()).containsExactly("http://localhost:8441/");
        assertThat(settings.keys()).isEmpty();
        assertThat(settings.keyRing()).isEqualTo(new Pkcs12Folder(home.resolve("keys"), home.resolve("secrets/signing-keys.password")));
        assertThat(settings.largestDocument()).isEqualTo(500 << 20);
        assertThat(settings.workFolder()).isEqualTo(home.resolve("signing"));
        assertThat(settings.auditFolder()).isEqualTo(home.resolve("audit"));
        assertThat(settings.sample()).isFalse();
        SigningSettings token = read(COMPLETE + "key-ring=pkcs11\npkcs11.library=/usr/lib/x.so\npkcs12.folder=keys\npkcs12.password-file=p\nkeys=a,b\nlargest-document=5\n");
        assertThat(token.keyRing()).isEqualTo(new Pkcs11Devices(Map.of("token",
            new Pkcs11Settings(Path.of("/usr/lib/x.so"), "antin", home.resolve("secrets/pkcs11.pin"), 8, Duration.ofSeconds(10)))));
        assertThat(token.keys()).containsExactly("a", "b");
    }

    @Test
    void readsSeveralDevicesInTheirOrder() throws Exception {
        SigningSettings settings = read(COMPLETE + """
            key-ring=pkcs11
            pkcs11.library=/left/by/the/launcher.so
            pkcs11.devices=west, east
            pkcs11.east.library=/usr/lib/e.so
            pkcs11.east.token=agencies
            pkcs11.east.pin-file=secrets/east.pin
            pkcs11.east.sessions=32
            pkcs11.east.patience=PT3S
            pkcs11.west.library=/usr/lib/w.so
            """);
        assertThat(((Pkcs11Devices) settings.keyRing()).devices()).containsExactly(
            Map.entry("west", new Pkcs11Settings(Path.of("/usr/lib/w.so"), "antin", home.resolve("secrets/pkcs11.pin"), 8, Duration.ofSeconds(10))),
            Map.entry("east", new Pkcs11Settings(Path.of("/usr/lib/e.so"), "agencies", home.resolve("secrets/east.pin"), 32, Duration.ofSeconds(3))));
        assertThatThrownBy(() -> read(COMPLETE + "key-ring=pkcs11\npkcs11.devices=a\n")).hasMessageContaining("pkcs11.a.library");
        assertThatThrownBy(() -> read(COMPLETE + "key-ring=pkcs11\npkcs11.devices=a,a\npkcs11.a.library=/x.so\n")).hasMessageContaining("twice");
        assertThatThrownBy(() -> read(COMPLETE + "pkcs11.devices=a\npkcs11.a.tokn=x\n")).hasMessageContaining("Did you mean pkcs11.a.token?");
    }

    @Test
    void refusesWhatCannotWorkInOneSentence() {
        assertThatThrownBy(() -> read(COMPLETE + "isuer=1\n")).isInstanceOf(Problem.class).hasMessageContaining("Did you mean issuer?");
        assertThatThrownBy(() -> read(COMPLETE.replace("https://localhost:8443", "http://localhost:8443"))).hasMessageContaining("public-url");
        assertThatThrownBy(() -> read(COMPLETE.replace("http://localhost:8441", "http://localhost:8441/x"))).hasMessageContaining("status-url");
        assertThatThrownBy(() -> read(COMPLETE.replace("jdbc:postgresql", "jdbc:h2"))).hasMessageContaining("database.url");
        assertThatThrownBy(() -> read(COMPLETE + "key-ring=cloud\n")).hasMessageContaining("key-ring");
        assertThatThrownBy(() -> read(COMPLETE + "key-ring=pkcs11\n")).hasMessageContaining("pkcs11.library");
        assertThatThrownBy(() -> read(COMPLETE + "largest-document=0\n")).hasMessageContaining("largest-document");
        assertThatThrownBy(() -> read(COMPLETE + "sample=true\nlisten=0.0.0.0\n")).hasMessageContaining("must not be used on 0.0.0.0");
    }

    @Test
    void namesTheKeyOfReportsOnlyWhereItMaySealThem() throws Exception {
        assertThat(read(COMPLETE).reportKey()).isNull();
        assertThat(read(COMPLETE).validationPage()).isTrue();
        SigningSettings settings = read(COMPLETE + "keys=a\nkey.a.clients=validation-report\nreport-key=a\nvalidation-page=false\n");
        assertThat(settings.reportKey()).isEqualTo("a");
        assertThat(settings.validationPage()).isFalse();
        for (String wrong : List.of("keys=b", "keys=a\nkey.a.clients=other", "keys=a\nkey.a.formats=XAdES", "keys=a\nkey.a.leaders-of=so-noi-vu")) {
            assertThatThrownBy(() -> read(COMPLETE + wrong + "\nreport-key=a\n")).as(wrong).isInstanceOf(Problem.class).hasMessageContaining("report-key");
        }
    }

    @Test
    void keepsMailKeysApartFromThoseThatSeal() throws Exception {
        assertThat(read(COMPLETE).mail().port()).isEmpty();
        SigningSettings settings = read(COMPLETE + "internal-port=9443\nkeys=seal\nmail.keys=office\nmail.key.office.addresses=Office@City.example, clerks@city.example\n");
        assertThat(settings.mail().port()).hasValue(9443);
        assertThat(settings.mail().addresses()).containsExactly(Map.entry("office", Set.of("office@city.example", "clerks@city.example")));
        assertThat(settings.sampleKeys()).as("only a sample makes keys").isEmpty();
        assertThatThrownBy(() -> read(COMPLETE + "keys=seal\nmail.keys=seal\nmail.key.seal.addresses=a@b.example\n")).hasMessageContaining("seals documents");
        assertThatThrownBy(() -> read(COMPLETE + "mail.keys=office\n")).hasMessageContaining("mail.key.office.addresses");
        assertThatThrownBy(() -> read(COMPLETE + "mail.keys=office\nmail.key.office.addresses=office\n")).hasMessageContaining("mail.key.office.addresses");
    }

    @Test
    void readsWhomElseToBelieve() throws IOException, GeneralSecurityException {
        SigningSettings settings = read(COMPLETE + """
            trust=vnpt
            trust.vnpt.file=tls/root.pem
            trust.vnpt.status-urls=http://ocsp.vnpt.example,http://crl.vnpt.example/a/
            trusted-lists=vn
            trusted-list.vn.url=https://rootca.example/tl.xml
            trusted-list.vn.signers-file=tls/root.pem
            time-stamp-urls=http://localhost:8441/tsa,http://tsa.example/
            """);
        assertThat(settings.trust().outside().getFirst().roots()).containsExactly(root());
        assertThat(settings.trust().allowed()).containsExactly("http://localhost:8441/", "http://ocsp.vnpt.example/", "http://crl.vnpt.example/a/");
        assertThat(settings.trust().lists().getFirst().serviceTypes()).containsExactlyInAnyOrder("http://uri.etsi.org/TrstSvc/Svctype/CA/QC", "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST");
        assertThat(settings.trust().timeStampUrls()).hasSize(2);
        assertThatThrownBy(() -> read(COMPLETE + "trust=a\ntrust.a.file=no.pem\n")).hasMessageContaining("trust.a.file");
        assertThatThrownBy(() -> read(COMPLETE + "trusted-lists=a\ntrusted-list.a.url=ftp://x/\n")).hasMessageContaining("trusted-list.a.url");
        assertThatThrownBy(() -> read(COMPLETE + "time-stamp-urls=tsa.example\n")).hasMessageContaining("time-stamp-urls");
    }

    private static X509Certificate root() {
        return PKI.root.certificate();
    }

    private SigningSettings read(String text) throws IOException, GeneralSecurityException {
        Files.createDirectories(home.resolve("tls"));
        Files.writeString(home.resolve("tls/root.pem"), PemFile.encode(List.of(root())));
        Path file = home.resolve("conf/signing-service.properties");
        Files.createDirectories(home.resolve("conf"));
        return SigningSettings.read(Settings.read(Files.writeString(file, text)));
    }
}
