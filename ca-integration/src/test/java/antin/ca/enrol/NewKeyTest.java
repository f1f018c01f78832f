package antin.ca.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewKeyTest {

    private static final X500Principal SOMEBODY = new X500Principal("CN=Nguyễn Thị Ấn,C=VN");

    @TempDir
    private Path folder;

    @Test
    void writesARequestAndAFileThatOpensslOpens() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        NewKey key = NewKey.make(new SecureRandom());
        Files.write(folder.resolve("request.der"), key.request(SOMEBODY, List.of()));
        assertThat(openssl("req", "-inform", "DER", "-in", "request.der", "-verify", "-noout", "-subject", "-nameopt", "utf8,sep_comma_plus"))
            .contains("verify OK", "Nguyễn Thị Ấn");
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-x509", "-subj", "/CN=Test", "-out", "ca.pem");
        openssl("x509", "-req", "-inform", "DER", "-in", "request.der", "-CA", "ca.pem", "-CAkey", "ca.key", "-out", "leaf.pem", "-outform", "DER");
        X509Certificate leaf = (X509Certificate) CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("leaf.pem"))));
        key.store(folder.resolve("an.p12"), "an", "secret", List.of(leaf));
        assertThat(openssl("pkcs12", "-in", "an.p12", "-passin", "pass:secret", "-nodes")).contains("friendlyName: an", "BEGIN PRIVATE KEY", "BEGIN CERTIFICATE");
        assertThatThrownBy(() -> NewKey.make(new SecureRandom()).store(folder.resolve("other.p12"), "an", "secret", List.of(leaf))).isInstanceOf(IOException.class);
    }

    @Test
    void namesARequestByItsKey() {
        NewKey key = NewKey.make(new SecureRandom());
        String id = RequestId.of("sample-seal", key.request(SOMEBODY, List.of()));
        assertThat(id).matches("sample-seal-[0-9a-f]{32}").isEqualTo(RequestId.of("sample-seal", key.request(new X500Principal("CN=Other"), List.of())))
            .isNotEqualTo(RequestId.of("sample-seal", NewKey.make(new SecureRandom()).request(SOMEBODY, List.of())));
        assertThatThrownBy(() -> RequestId.of("a", new byte[] {0x30, 0})).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> RequestId.of("a", "text".getBytes(StandardCharsets.US_ASCII))).isInstanceOf(Problem.class);
    }

    @Test
    void namesMailAddressesOrHostsInTheRequestItself() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed: apt-get install openssl");
        SecureRandom random = new SecureRandom();
        Files.write(folder.resolve("person.der"), NewKey.make(random).request(SOMEBODY, List.of("an@city.example", "nguyen.an@city.example")));
        assertThat(openssl("req", "-inform", "DER", "-in", "person.der", "-verify", "-noout", "-text")).contains("verify OK", "email:an@city.example, email:nguyen.an@city.example");
        Files.write(folder.resolve("mail.der"), MailKey.make(random).request(SOMEBODY, List.of("an@city.example")));
        assertThat(openssl("req", "-inform", "DER", "-in", "mail.der", "-verify", "-noout", "-text")).contains("verify OK", "3072 bit", "email:an@city.example");
        Files.write(folder.resolve("host.der"), NewKey.make(random).hostRequest(SOMEBODY, List.of("mail.city.example", "192.0.2.7")));
        assertThat(openssl("req", "-inform", "DER", "-in", "host.der", "-verify", "-noout", "-text")).contains("verify OK", "DNS:mail.city.example, IP Address:192.0.2.7");
    }

    private String openssl(String... arguments) throws Exception {
        Process process = new ProcessBuilder(java.util.stream.Stream.concat(java.util.stream.Stream.of("openssl"), java.util.stream.Stream.of(arguments)).toList())
            .directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
