package antin.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Units by SCIM, against the whole process. */
class ScimTest {

    private static final String UNIT = "urn:antin:scim:schemas:1.0:Unit";

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser http = new TestBrowser(backbone);
    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void findsAUnitByItsVietnameseName() {
        HttpResponse<String> answer = get("/scim/v2/Groups?filter=" + URLEncoder.encode("displayName eq \"sở nội vụ\"", UTF_8), token("directory.read"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/scim+json");
        JsonNode list = json.readTree(answer.body());
        assertThat(list.get("schemas").get(0).asString()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:ListResponse");
        assertThat(list.get("totalResults").asInt()).isEqualTo(1);
        JsonNode unit = list.get("Resources").get(0);
        assertThat(unit.get("id").asString()).isEqualTo("so-noi-vu");
        assertThat(unit.get("displayName").asString()).isEqualTo("Sở Nội vụ");
        assertThat(unit.get(UNIT).get("level").asString()).isEqualTo("city");
        assertThat(unit.get(UNIT).get("parent").get("value").asString()).isEqualTo("ubnd-tp");
        assertThat(unit.get("meta").get("resourceType").asString()).isEqualTo("Group");
        String location = unit.get("meta").get("location").asString();
        assertThat(location).isEqualTo(backbone.url() + "/scim/v2/Groups/so-noi-vu");
        assertThat(json.readTree(get(location.substring(backbone.url().length()), token("directory.read")).body())).isEqualTo(unit);
    }

    @Test
    void listsUnitsPageByPage() {
        String token = token("directory.read");
        JsonNode all = json.readTree(get("/scim/v2/Groups", token).body());
        int total = all.get("totalResults").asInt();
        assertThat(total).isGreaterThanOrEqualTo(12).isEqualTo(all.get("Resources").size());
        JsonNode second = json.readTree(get("/scim/v2/Groups?startIndex=3&count=2", token).body());
        assertThat(second.get("totalResults").asInt()).isEqualTo(total);
        assertThat(second.get("startIndex").asInt()).isEqualTo(3);
        assertThat(second.get("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(second.get("Resources").get(0)).isEqualTo(all.get("Resources").get(2));
        assertThat(json.readTree(get("/scim/v2/Groups?count=0", token).body()).get("Resources")).isEmpty();
        assertThat(json.readTree(get("/scim/v2/Groups?filter=displayName%20eq%20%22none%22", token).body()).get("totalResults").asInt()).isZero();
    }

    @Test
    void findsAPersonByAddressWithWhatIsPublic() {
        for (String filter : List.of("userName eq \"DUC.hoang@city.example\"", "emails.value eq \"duc.hoang@city.example\"", "id eq \"100005\"")) {
            JsonNode list = json.readTree(get("/scim/v2/Users?filter=" + URLEncoder.encode(filter, UTF_8), token("directory.read")).body());
            assertThat(list.get("totalResults").asInt()).as(filter).isEqualTo(1);
            JsonNode user = list.get("Resources").get(0);
            assertThat(user.get("id").asString()).isEqualTo("100005");
            assertThat(user.get("name").get("formatted").asString()).isEqualTo("Hoàng Minh Đức");
            assertThat(user.get("groups").get(0).get("value").asString()).isEqualTo("so-noi-vu");
            assertThat(user.toString()).doesNotContain("mobile", "role", "history");
            assertThat(json.readTree(get("/scim/v2/Users/100005", token("directory.read")).body())).isEqualTo(user);
        }
        JsonNode page = json.readTree(get("/scim/v2/Users?startIndex=3&count=2", token("directory.read")).body());
        assertThat(page.get("totalResults").asInt()).isGreaterThanOrEqualTo(15);
        assertThat(page.get("Resources").size()).isEqualTo(2);
        for (String filter : List.of("userName eq \"duc\"", "userName eq \"*\"", "userName eq \"\"")) {
            assertThat(json.readTree(get("/scim/v2/Users?filter=" + URLEncoder.encode(filter, UTF_8), token("directory.read")).body()).get("totalResults").asInt()).as(filter).isZero();
        }
    }

    @Test
    void refusesFiltersThatItDoesNotUnderstand() {
        HttpResponse<String> answer = get("/scim/v2/Groups?filter=" + URLEncoder.encode("displayName co \"Sở\"", UTF_8), token("directory.read"));
        assertError(answer, 400);
        assertThat(json.readTree(answer.body()).get("scimType").asString()).isEqualTo("invalidFilter");
    }

    @Test
    void askedWithoutATokenItSaysWhichKind() {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(backbone.uri("/scim/v2/Groups")).header("Accept", "text/html"));
        assertError(answer, 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).startsWith("Bearer").doesNotContain("error");
    }

    @Test
    void refusesTokensThatAreNotForIt() {
        String own = token("directory.read");
        List<String> foreign = List.of(token("sign"), "nonsense", own.substring(0, own.length() - 4) + "AAAA", own.substring(0, own.lastIndexOf('.') + 1));
        for (String token : foreign) {
            HttpResponse<String> answer = get("/scim/v2/Groups", token);
            assertError(answer, 401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"invalid_token\"");
            assertThat(answer.body()).doesNotContain("Jwt", "jose", "java");
        }
    }

    @Test
    void aPersonsLoginOpensNothingHere() {
        http.logIn(backbone.directory.people().get(9));
        assertError(http.get(backbone.uri("/scim/v2/Groups"), "application/scim+json"), 401);
    }

    @Test
    void refusesATokenWithoutTheScope() {
        // openid alone has this service's audience too
        HttpResponse<String> answer = get("/scim/v2/Groups", new SignedTokens(backbone).with("openid"));
        assertError(answer, 403);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("error=\"insufficient_scope\"", "scope=\"directory.read\"");
    }

    @Test
    void refusesATokenThatHasEndedAndOneOfAnotherType() {
        SignedTokens tokens = new SignedTokens(backbone);
        assertThat(get("/scim/v2/Groups", tokens.with("directory.read")).statusCode()).as("the same, fresh").isEqualTo(200);
        assertError(get("/scim/v2/Groups", tokens.ended("directory.read")), 401);
        assertError(get("/scim/v2/Groups", tokens.ofType("JWT", "directory.read")), 401);
        assertError(get("/scim/v2/Groups", tokens.ofIssuer("https://elsewhere.example", "directory.read")), 401);
        assertError(get("/scim/v2/Groups", tokens.forAudiences(List.of(backbone.url(), "https://localhost:8443"), "directory.read")), 401);
    }

    @ParameterizedTest
    @CsvSource({"POST, /scim/v2/Groups, 501", "PUT, /scim/v2/Groups/so-noi-vu, 501", "PATCH, /scim/v2/Groups/so-noi-vu, 501",
        "DELETE, /scim/v2/Groups/so-noi-vu, 501", "PUT, /scim/v2/Groups, 405", "DELETE, /scim/v2/Groups, 405", "POST, /scim/v2/Groups/so-noi-vu, 405",
        "POST, /scim/v2/Users, 501", "PUT, /scim/v2/Users/100001, 501", "DELETE, /scim/v2/Users, 405", "POST, /scim/v2/Users/100001, 405",
        "GET, /scim/v2/Users/999999, 404", "GET, /scim/v2/Users/*, 404", "GET, /scim/v2/Users?filter=active, 400", "GET, /scim/v2/Groups/no-such-unit, 404", "GET, /scim/v2/Groups/SO-NOI-VU, 404", "GET, /scim/v2/Groups/*, 404", "GET, /scim/v2/Schemas, 404",
        "GET, /scim/v2, 404", "GET, /scim/v2/Groups?startIndex=x, 400", "GET, /scim/v2/Groups?filter=, 400"})
    void answersInScimsWords(String method, String path, int status) {
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(backbone.uri(path)).header("Authorization", "Bearer " + token("directory.read"))
            .header("Content-Type", "application/scim+json").method(method, BodyPublishers.ofString("GET".equals(method) ? "" : "{}")));
        assertError(answer, status);
    }

    private void assertError(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/scim+json");
        JsonNode error = json.readTree(answer.body());
        assertThat(error.get("schemas").get(0).asString()).isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(error.get("status").asString()).isEqualTo(Integer.toString(status));
        assertThat(error.get("detail").asString()).isNotEmpty();
    }

    private HttpResponse<String> get(String path, String token) {
        return new TestBrowser(backbone).send(HttpRequest.newBuilder(backbone.uri(path)).header("Authorization", "Bearer " + token));
    }

    private String token(String scope) {
        String basic = String.join(":", backbone.sample("clients.tsv", "sample-documents").getFirst().split("\t", -1));
        HttpResponse<String> answer = http.send(HttpRequest.newBuilder(backbone.uri("/oauth2/token"))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(TestBrowser.form("grant_type", "client_credentials", "scope", scope))));
        return json.readTree(answer.body()).get("access_token").asString();
    }
}
