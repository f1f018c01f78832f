package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class RefreshTokenTest {

    private static final String MAIL = "openid offline_access mail.imap mail.smtp";

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser browser = new TestBrowser(backbone);
    private final TestPerson person = backbone.directory.people().get(7);
    private final TestClient client = TestClient.mail(backbone);
    private final JdbcClient database = JdbcClient.create(backbone.postgres.getPostgresDatabase());

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void keepsAMailProgramLoggedInWithAnotherTokenEachTime() throws Exception {
        browser.logIn(person);
        JsonNode first = client.tokens(browser, MAIL);
        JWTClaimsSet claims = claims(first);
        assertThat(claims.getStringClaim("sid")).isEqualTo(family());
        assertThat(claims.getStringListClaim("amr")).contains("mfa");
        assertThat(claims.getStringClaim("acr")).isEqualTo("urn:antin:acr:two-factors");
        assertThat(claims.getLongClaim("auth_time")).isPositive();
        HttpResponse<String> answer = client.refresh(refreshToken(first));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode second = client.read(answer);
        assertThat(refreshToken(second)).isNotEqualTo(refreshToken(first));
        assertThat(claims(second).getStringClaim("sid")).isEqualTo(claims.getStringClaim("sid"));
        assertThat(claims(second).getAudience()).containsExactly("urn:antin:mail");
        assertThat(claims(second).getStringListClaim("amr")).contains("mfa");
    }

    @Test
    void keepsNoTokenInTheDatabase() {
        browser.logIn(person);
        JsonNode tokens = client.tokens(browser, MAIL);
        String rows = database.sql("SELECT string_agg(a::text, ' ') FROM oauth2_authorization a").query(String.class).single();
        assertThat(rows).contains("h:").doesNotContain(refreshToken(tokens)).doesNotContain(tokens.get("access_token").asString()).doesNotContain(tokens.get("id_token").asString());
    }

    @Test
    void revokesTheWholeFamilyWhereAUsedTokenComesAgain() {
        browser.logIn(person);
        String stolen = refreshToken(client.tokens(browser, MAIL));
        String family = family();
        String newest = refreshToken(client.read(client.refresh(stolen)));
        assertThat(client.refresh(stolen).body()).contains("invalid_grant");
        assertThat(client.refresh(newest).body()).as("what came of it is void too").contains("invalid_grant");
        assertThat(backbone.auditLog().lines().filter(line -> line.contains("token.reuse") && line.contains(family))).isNotEmpty();
        assertThat(database.sql("SELECT count(*) FROM ended_login WHERE person = ? AND credential = CAST(? AS uuid)").params(person.number(), family).query(Integer.class).single()).isPositive();
    }

    @Test
    void letsExactlyOneOfManyRequestsAtOnceWin() throws Exception {
        browser.logIn(person);
        String token = refreshToken(client.tokens(browser, MAIL));
        List<Callable<HttpResponse<String>>> tries = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            tries.add(() -> client.refresh(token));
        }
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            for (Future<HttpResponse<String>> answer : threads.invokeAll(tries)) {
                answers.add(answer.get());
            }
        }
        List<HttpResponse<String>> won = answers.stream().filter(answer -> answer.statusCode() == 200).toList();
        assertThat(won).hasSize(1);
        assertThat(client.refresh(refreshToken(client.read(won.getFirst()))).body()).as("no time of grace").contains("invalid_grant");
    }

    @Test
    void revokesWhatCameOfACodeThatIsUsedTwice() {
        browser.logIn(person);
        String code = client.code(browser.get(client.authorize(MAIL)));
        JsonNode tokens = client.read(client.redeem(code));
        assertThat(client.redeem(code).body()).contains("invalid_grant");
        assertThat(client.refresh(refreshToken(tokens)).body()).contains("invalid_grant");
    }

    @Test
    void endsAfterAMonthWithoutUse() {
        browser.logIn(person);
        String token = refreshToken(client.tokens(browser, MAIL));
        backbone.clock.forward(Duration.ofDays(29));
        String next = refreshToken(client.read(client.refresh(token)));
        backbone.clock.forward(Duration.ofDays(31));
        assertThat(client.refresh(next).body()).contains("invalid_grant");
    }

    @Test
    void endsAfterAQuarterHoweverOftenItIsUsed() {
        browser.logIn(person);
        String token = refreshToken(client.tokens(browser, MAIL));
        for (int i = 0; i < 4; i++) {
            backbone.clock.forward(Duration.ofDays(20));
            token = refreshToken(client.read(client.refresh(token)));
        }
        backbone.clock.forward(Duration.ofDays(11));
        assertThat(client.refresh(token).body()).contains("invalid_grant");
    }

    @Test
    void givesAnotherClientNothingForIt() {
        browser.logIn(person);
        String token = refreshToken(client.tokens(browser, MAIL));
        assertThat(TestClient.web(backbone).refresh(token).body()).contains("invalid_grant");
        assertThat(client.token("grant_type", "refresh_token", "client_id", "nobody", "refresh_token", token).body()).contains("invalid_client");
        assertThat(client.token("grant_type", "refresh_token", "client_id", "sample-documents", "refresh_token", token).body()).as("a client with a secret must show it").contains("invalid_client");
        assertThat(client.token("grant_type", "refresh_token", "client_id", client.id, "refresh_token", token, "scope", "sign").body()).contains("invalid_scope");
        assertThat(client.refresh(token).statusCode()).as("nothing of that spent it").isEqualTo(200);
    }

    @Test
    void survivesARestart() {
        browser.logIn(person);
        String token = refreshToken(client.tokens(browser, MAIL));
        String next = refreshToken(client.read(client.refresh(token)));
        backbone.stop();
        backbone.start();
        assertThat(client.refresh(next).statusCode()).isEqualTo(200);
        assertThat(client.refresh(token).body()).as("the spent one is known after a restart").contains("invalid_grant");
        assertThat(client.refresh(next).body()).contains("invalid_grant");
    }

    @Test
    void isRevokedByItsClientWithTheWholeFamily() {
        browser.logIn(person);
        JsonNode tokens = client.tokens(browser, MAIL);
        assertThat(client.post("/oauth2/revoke", "client_id", "sample-web", "token", refreshToken(tokens)).statusCode()).as("not that client's").isNotEqualTo(200);
        assertThat(client.post("/oauth2/revoke", "client_id", client.id, "token", refreshToken(tokens)).statusCode()).isEqualTo(200);
        assertThat(client.refresh(refreshToken(tokens)).body()).contains("invalid_grant");
    }

    private String family() {
        return database.sql("SELECT id FROM oauth2_authorization WHERE principal_name = ? AND refresh_token_value IS NOT NULL ORDER BY made DESC LIMIT 1").param(person.number())
            .query(String.class).single();
    }

    private static String refreshToken(JsonNode tokens) {
        assertThat(tokens.has("refresh_token")).as(tokens.toString()).isTrue();
        return tokens.get("refresh_token").asString();
    }

    private static JWTClaimsSet claims(JsonNode tokens) throws Exception {
        return SignedJWT.parse(tokens.get("access_token").asString()).getJWTClaimsSet();
    }
}
