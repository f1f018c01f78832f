package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A certificate taken back is seen at once by everybody who asks, and its key seals nothing any more. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class RevocationTest {

    @Test
    void isSeenWithinASecondByOcspAndCrl(Antin antin, @TempDir Path folder) throws IOException {
        String[] key = antin.run("sample", "key", antin.people().getLast().address()).succeeds().text().split("\t", -1);
        Path certificate = folder.resolve("person.pem");
        Tool.run("openssl", "pkcs12", "-in", key[0], "-passin", "file:" + key[1], "-nokeys", "-clcerts", "-out", certificate.toString()).succeeds();
        String serial = Tool.run("openssl", "x509", "-noout", "-serial", "-in", certificate.toString()).succeeds().text().replace("serial=", "");
        Issuing issuing = new Issuing(antin, folder);
        assertThat(issuing.status("persons", serial)).isEqualTo("good");

        assertThat(antin.run("admin", "revoke", serial, "keyCompromise").succeeds().output()).contains("revoked " + serial.toLowerCase(Locale.ROOT));

        Awaitility.await().atMost(Duration.ofSeconds(1)).pollInterval(Duration.ofMillis(50)).until(() -> issuing.status("persons", serial).equals("revoked"));
        Path crl = folder.resolve("persons.crl");
        Tool.run("curl", "-sf", "-o", crl.toString(), "http://localhost:" + antin.port(8441) + "/crl/persons.crl").succeeds();
        assertThat(Tool.run("openssl", "crl", "-inform", "DER", "-noout", "-text", "-in", crl.toString()).succeeds().output())
            .containsIgnoringCase("Serial Number: " + serial).contains("Key Compromise");
        assertThat(antin.run("admin", "revoke", "1234abcd", "keyCompromise").output()).contains("was not revoked");
        assertThat(antin.run("admin", "revoke", serial, "because").exit()).isEqualTo(2);
    }

    @Test
    void stopsSealing(Antin antin, @TempDir Path folder) throws IOException {
        String options = "{\"key\":\"sample-seal-ec\",\"format\":\"XAdES\",\"level\":\"B\"}";
        Path plain = Files.writeString(folder.resolve("plain.xml"), "<a/>");
        SigningClient client = new SigningClient(antin, folder);
        Path sealed = client.seal(options, plain).is(201).body();
        Matcher certificate = Pattern.compile("X509Certificate>([^<]+)<").matcher(Files.readString(sealed));
        assertThat(certificate.find()).isTrue();
        Path der = Files.write(folder.resolve("signer.cer"), Base64.getMimeDecoder().decode(certificate.group(1)));
        String serial = Tool.run("openssl", "x509", "-inform", "DER", "-noout", "-serial", "-in", der.toString()).succeeds().text().replace("serial=", "");
        try {
            antin.run("admin", "revoke", serial, "superseded").succeeds();
            Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> client.seal(options, plain).status() == 422);
            assertThat(client.seal(options, plain).is(422).text()).contains("/problems/certificate-unusable");
        } finally { // a key without a certificate that is good is made anew
            antin.kill("signing-service"); // it alone holds keys and makes them
            Files.delete(antin.home().resolve("keys/sample-seal-ec.p12"));
            antin.up();
        }
        new SigningClient(antin, folder).seal(options, plain).is(201);
    }
}
