package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.TlsMaterial;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens that were given to somebody who left meanwhile. */
class AliveTest {

    private static final Duration LONGER_THAN_KNOWN = Duration.ofSeconds(6);
    private static final String PEOPLE = ",ou=people,dc=city,dc=example";

    /** What happens to a person in the directory. */
    private interface Change {
        void make(LDAPConnection directory, String number) throws Exception;
    }

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestClient client = TestClient.mail(backbone);
    private final TestPerson person = backbone.directory.people().get(6); // whose password no other test changes

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void nothingIsLeftOfTheTokensOfSomebodyWhoWasDisabled() throws Exception {
        tokensAreWorthNothingAfter((directory, number) -> status(directory, number, "disabled"), (directory, number) -> status(directory, number, "active"));
    }

    @Test
    void nothingIsLeftOfTheTokensOfSomebodyWhoWasDeleted() throws Exception {
        tokensAreWorthNothingAfter((directory, number) -> directory.modifyDN("uid=" + number + PEOPLE, "uid=gone-" + number, true),
            (directory, number) -> directory.modifyDN("uid=gone-" + number + PEOPLE, "uid=" + number, true));
    }

    private void tokensAreWorthNothingAfter(Change leaving, Change comingBack) throws Exception {
        TestBrowser browser = new TestBrowser(backbone).logIn(person);
        JsonNode mail = client.tokens(browser, "openid offline_access mail.imap");
        JsonNode web = TestClient.web(backbone).tokens(browser, "openid profile");
        assertThat(isActive(mail.get("access_token"))).isTrue();
        assertThat(isActive(mail.get("refresh_token"))).isTrue();
        assertThat(userInfo(web)).isEqualTo(200);
        try (LDAPConnection directory = new LDAPConnection(TlsMaterial.clientTrusting(backbone.directory.rootFile()).getSocketFactory(), "localhost", backbone.directory.ldapsPort(),
            TestDirectory.MANAGER, backbone.directory.managerPassword())) {
            leaving.make(directory, person.number());
            try {
                backbone.clock.forward(LONGER_THAN_KNOWN);
                assertThat(isActive(mail.get("access_token"))).isFalse();
                assertThat(isActive(mail.get("refresh_token"))).isFalse();
                assertThat(userInfo(web)).isEqualTo(401);
                assertThat(client.refresh(mail.get("refresh_token").asString()).body()).contains("invalid_grant");
            } finally {
                comingBack.make(directory, person.number());
            }
        }
        backbone.clock.forward(LONGER_THAN_KNOWN);
        assertThat(client.refresh(mail.get("refresh_token").asString()).body()).as("whoever comes back logs in again").contains("invalid_grant");
        assertThat(isActive(systemToken())).as("a system is nobody who could leave").isTrue();
    }

    private static void status(LDAPConnection directory, String number, String status) throws Exception {
        directory.modify("uid=" + number + PEOPLE, new Modification(ModificationType.REPLACE, "antinStatus", status));
    }

    private int userInfo(JsonNode tokens) {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri("/userinfo")).header("Authorization", "Bearer " + tokens.get("access_token").asString())).statusCode();
    }

    private boolean isActive(JsonNode token) {
        return asSystem("/oauth2/introspect", "token", token.asString()).get("active").asBoolean();
    }

    private JsonNode systemToken() {
        return asSystem("/oauth2/token", "grant_type", "client_credentials", "scope", "sign").get("access_token");
    }

    private JsonNode asSystem(String path, String... form) {
        String secret = backbone.sample("clients.tsv", "sample-documents").getFirst().split("\t", -1)[1];
        String basic = Base64.getEncoder().encodeToString(("sample-documents:" + secret).getBytes(StandardCharsets.US_ASCII));
        return JsonMapper.builder().build().readTree(new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri(path)).header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Basic " + basic).POST(HttpRequest.BodyPublishers.ofString(TestBrowser.form(form)))).body());
    }
}
