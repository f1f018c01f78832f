package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we sign, as an independent reader sees it. */
class CertificatesByOpensslTest {

    @TempDir
    private static Path home;

    @BeforeAll
    static void bootstrap() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        TestState.prepare(home).bootstrap(Clock.systemUTC());
    }

    @Test
    void verifiesListenersStrictlyUpToTheRoot() throws Exception {
        for (String listener : List.of("backbone", "mail-server", "directory", "signing-service")) {
            assertThat(openssl("verify", "-x509_strict", "-CAfile", "tls/root.pem", "-untrusted", "tls/issuing.pem", "-purpose", "sslserver",
                "-verify_ip", "127.0.0.1", "tls/" + listener + ".pem")).contains(": OK");
            assertThat(openssl("verify", "-CAfile", "tls/root.pem", "-untrusted", "tls/issuing.pem", "-verify_hostname", "other.example",
                "tls/" + listener + ".pem")).doesNotContain(": OK");
        }
    }

    @Test
    void verifiesProcessesUnderTheInternalAuthorityOnly() throws Exception {
        for (String process : List.of("backbone", "mail-server", "ca-process", "signing-service", "launcher")) {
            String file = "tls/internal/" + process + ".pem";
            for (String purpose : List.of("sslserver", "sslclient")) {
                assertThat(openssl("verify", "-x509_strict", "-CAfile", "tls/internal/ca.pem", "-purpose", purpose, file)).contains(": OK");
            }
            assertThat(openssl("verify", "-CAfile", "tls/root.pem", "-untrusted", "tls/issuing.pem", file)).doesNotContain(": OK");
        }
    }

    @Test
    void saysOfTheRootWhatRfc5280Wants() throws Exception {
        assertThat(text("tls/root.pem")).contains("CN = Ấn Tín SAMPLE Root CA", "Basic Constraints: critical\n                CA:TRUE\n",
            "Key Usage: critical\n                Certificate Sign, CRL Sign\n", "Subject Key Identifier", "ASN1 OID: secp384r1", "ecdsa-with-SHA384")
            .doesNotContain("CRL Distribution", "Authority Information");
    }

    @Test
    void saysOfTheIssuingAuthorityThatNoneStandsBelowIt() throws Exception {
        assertThat(text("tls/issuing.pem")).contains("Basic Constraints: critical\n                CA:TRUE, pathlen:0\n", "Authority Key Identifier",
            "URI:http://localhost:8441/crl/root.crl", "OCSP - URI:http://localhost:8441/ocsp", "CA Issuers - URI:http://localhost:8441/ca/root.cer");
    }

    @Test
    void saysOfAListenerWhatItIsGoodFor() throws Exception {
        assertThat(text("tls/mail-server.pem")).contains("Basic Constraints: critical\n                CA:FALSE\n",
            "Key Usage: critical\n                Digital Signature\n", "Extended Key Usage: \n                TLS Web Server Authentication\n",
            "DNS:localhost, IP Address:127.0.0.1", "URI:http://localhost:8441/crl/issuing.crl", "URI:http://localhost:8441/ocsp",
            "URI:http://localhost:8441/ca/issuing.cer", "ASN1 OID: prime256v1");
    }

    @Test
    void namesAProcessSoThatTheDirectoryFindsItsEntry() throws Exception {
        assertThat(openssl("x509", "-in", "tls/internal/backbone.pem", "-noout", "-subject", "-nameopt", "RFC2253"))
            .contains("subject=CN=backbone,OU=services,DC=city,DC=example");
        assertThat(text("tls/internal/backbone.pem")).contains("URI:antin:backbone, DNS:localhost, IP Address:127.0.0.1",
            "TLS Web Server Authentication, TLS Web Client Authentication", "CN = Ấn Tín Internal CA", "OU = Processes only")
            .doesNotContain("CRL Distribution", "Authority Information");
    }

    @Test
    void opensTheDirectorysKeystore() throws Exception {
        assertThat(openssl("pkcs12", "-in", "tls/directory.p12", "-passin", "file:secrets/directory-keystore.password", "-nodes"))
            .contains("friendlyName: server-cert", "BEGIN PRIVATE KEY").containsPattern("(?s)BEGIN CERTIFICATE.*BEGIN CERTIFICATE");
    }

    /** RFC 6960, 4.2.2.2: from the authority it answers for, with the purpose and, since its life is short, no status of its own. */
    @Test
    void saysOfARespondersKeyWhomItAnswersFor() throws Exception {
        assertThat(statusKey("ocsp-issuing")).contains("CN = Ấn Tín SAMPLE Issuing CA", "OCSP Signing", "OCSP No Check")
            .doesNotContain("CRL Distribution", "Authority Information");
        assertThat(statusKey("ocsp-root")).contains("CN = Ấn Tín SAMPLE Root CA", "OCSP Signing", "OCSP No Check");
    }

    /** RFC 3161, 2.3: critical, and alone. */
    @Test
    void saysOfTheTimeStampKeyThatItDoesNothingElse() throws Exception {
        assertThat(statusKey("tsa")).contains("Extended Key Usage: critical\n                Time Stamping\n",
            "Key Usage: critical\n                Digital Signature\n", "URI:http://localhost:8441/crl/issuing.crl");
    }

    @Test
    void verifiesStatusKeysStrictly() throws Exception {
        for (String name : List.of("ocsp-root", "ocsp-issuing", "tsa")) {
            statusKey(name);
            assertThat(openssl("verify", "-x509_strict", "-CAfile", "tls/root.pem", "-untrusted", "tls/issuing.pem", "-purpose",
                name.equals("tsa") ? "timestampsign" : "ocsphelper", name + ".pem")).contains(": OK");
        }
    }

    /** The leaf of a PKCS#12 file, left in NAME.pem, in words. */
    private static String statusKey(String name) throws IOException, InterruptedException {
        openssl("pkcs12", "-in", "status/" + name + ".p12", "-passin", "file:secrets/status-keys.password", "-nokeys", "-clcerts", "-out", name + ".pem");
        return openssl("x509", "-in", name + ".pem", "-noout", "-text", "-issuer", "-nameopt", "utf8,sep_comma_plus_space,space_eq");
    }

    @Test
    void givesSerialsOfTwentyOctetsThatNobodyGuesses() throws Exception {
        String one = openssl("x509", "-in", "tls/backbone.pem", "-noout", "-serial");
        assertThat(one).matches("serial=[4-7][0-9A-F]{39}\n").isNotEqualTo(openssl("x509", "-in", "tls/directory.pem", "-noout", "-serial"));
    }

    private static String text(String file) throws IOException, InterruptedException {
        return openssl("x509", "-in", file, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus_space,space_eq");
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
