package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.enrol.NewKey;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How signing-service gets the certificates of keys that it holds for people. */
class RemoteKeyCertificatesTest {

    private static final TestBackbone BACKBONE = TestBackbone.shared();
    private static final String PERSON = "100006";

    @Test
    void namesThePersonAsTheDirectoryDoesWhateverTheRequestSays() throws Exception {
        String request = request();
        JsonNode answer = JsonMapper.shared().readTree(ask("antin:signing-service", PERSON, request).body());
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(answer.get("certificate").asString())));
        assertThat(certificate.getSubjectX500Principal().getName()).contains("UID=" + PERSON).doesNotContain("Somebody");
        assertThat(certificate.getKeyUsage()[1]).as("for documents").isTrue();
        assertThat(answer.get("authorities").size()).isPositive();
        assertThat(JsonMapper.shared().readTree(ask("antin:signing-service", PERSON, request).body())).as("asked again after a crash").isEqualTo(answer);
        assertThat(ask("antin:signing-service", "100007", request).statusCode()).as("another's key").isEqualTo(400);
    }

    @Test
    void servesSigningServiceAndPeopleWhoAreThereAlone() throws Exception {
        assertThat(ask("antin:mail-server", PERSON, request()).statusCode()).isEqualTo(403);
        assertThat(ask("antin:signing-service", "199999", request()).statusCode()).isEqualTo(404);
        assertThat(ask("antin:signing-service", "an.nguyen@city.example", request()).statusCode()).as("an address is no number").isEqualTo(404);
        assertThat(ask("antin:signing-service", PERSON, "AAAA").statusCode()).isEqualTo(400);
    }

    private static String request() {
        return Base64.getEncoder().encodeToString(NewKey.make(new SecureRandom()).request(new X500Principal("CN=Somebody else, UID=100001"), List.of()));
    }

    private static HttpResponse<String> ask(String peer, String person, String pkcs10) throws Exception {
        InternalIdentity identity = BACKBONE.directory.issue(peer.substring(6) + "-r", "CN=" + peer.substring(6), peer);
        try (HttpClient client = HttpClient.newBuilder().sslContext(identity.clientContext(new PeerName("antin:backbone"))).build()) {
            return client.send(HttpRequest.newBuilder(URI.create("https://localhost:" + BACKBONE.internalPort + "/people/certificates")).POST(HttpRequest.BodyPublishers.ofString(
                "{\"person\":\"" + person + "\",\"pkcs10\":\"" + pkcs10 + "\",\"from\":\"127.0.0.1\"}")).build(), BodyHandlers.ofString());
        }
    }
}
