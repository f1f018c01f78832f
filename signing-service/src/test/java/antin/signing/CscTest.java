package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Cloud Signature Consortium's interface, as a client sees it. The issuer's own part is tested with the issuer. */
class CscTest {

    private static final TestService SERVICE = TestService.shared();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newBuilder().sslContext(SERVICE.trust()).version(HttpClient.Version.HTTP_1_1).build();
    private static final String SHA256 = "2.16.840.1.101.3.4.2.1";
    private static final String ECDSA = "1.2.840.10045.4.3.2";
    private static final String PERSON = "700001";
    private static final String OTHER = "700002";
    private static final String KEY = key(PERSON);
    private static final String OTHERS_KEY = key(OTHER);
    private static final String SYSTEM = SERVICE.issuer.token(SERVICE.url(), "documents", "seal:sample-seal seal:sample-seal-ec seal:sample-agency", claims -> claims, "at+jwt");

    private final List<String> hashes = IntStream.range(0, 3).mapToObj(i -> hash(UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8))).toList();
    private String token = "";

    @BeforeEach
    void authorise() {
        token = credential(PERSON, KEY, hashes, 3);
    }

    @Test
    void tellsEverybodyWhatItCanDo() {
        HttpResponse<String> answer = send("info", "", "");
        JsonNode info = JSON.readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(info.get("specs").asString()).isEqualTo("2.0.0.2");
        assertThat(info.get("oauth2").asString()).isEqualTo(SERVICE.issuer.url());
        assertThat(info.get("oauth2Issuer").asString()).isEqualTo(SERVICE.issuer.url());
        assertThat(info.get("methods").toString()).contains("signatures/signHash", "credentials/extendTransaction", "oauth2/authorize", "oauth2/token");
        assertThat(send("info", "", "{\"lang\":\"vi\"}").statusCode()).isEqualTo(200);
    }

    @Test
    void listsAPersonsOwnCredentialsAndASystemsByItsScopes() {
        JsonNode own = ok("credentials/list", service(PERSON), "{\"credentialInfo\":true,\"certInfo\":true,\"certificates\":\"chain\"}");
        assertThat(own.get("credentialIDs").toString()).contains(KEY).doesNotContain(OTHERS_KEY, "sample");
        JsonNode info = own.get("credentialInfos").get(0);
        assertThat(info.at("/auth/mode").asString()).isEqualTo("oauth2code");
        assertThat(info.at("/auth/objects").isArray()).isTrue();
        assertThat(info.at("/cert/subjectDN").asString()).contains("UID=" + PERSON);
        assertThat(info.at("/cert/certificates").size()).isEqualTo(3);
        assertThat(info.at("/cert/validTo").asString()).matches("[0-9]{14}Z");
        assertThat(info.at("/key/curve").asString()).isEqualTo("1.2.840.10045.3.1.7");
        JsonNode system = ok("credentials/list", SYSTEM, "{}");
        assertThat(system.get("credentialIDs").toString()).isEqualTo("[\"sample-agency\",\"sample-seal\",\"sample-seal-ec\"]");
        assertThat(ok("credentials/info", SYSTEM, "{\"credentialID\":\"sample-seal\"}").at("/auth/mode").asString()).isEqualTo("implicit");
        refused(send("credentials/info", service(PERSON), "{\"credentialID\":\"" + OTHERS_KEY + "\"}"), 400, "invalid_request", "Invalid parameter credentialID");
        refused(send("credentials/info", service(PERSON), "{}"), 400, "invalid_request", "credentialID");
        refused(send("credentials/list", service(PERSON), "{\"userID\":\"700002\"}"), 400, "invalid_request", "userID");
    }

    @Test
    void signsTheHashesThatThePersonSaidYesToEachOnce() throws Exception {
        JsonNode answer = ok("signatures/signHash", token, hashBody(KEY, hashes.subList(0, 2)));
        assertThat(answer.get("signatures").size()).isEqualTo(2);
        assertThat(verifies(KEY, service(PERSON), hashes.get(1), answer.get("signatures").get(1).asString())).isTrue();
        refused(send("signatures/signHash", token, hashBody(KEY, hashes.subList(1, 3))), 400, "invalid_request", "signed once");
        assertThat(ok("signatures/signHash", token, hashBody(KEY, hashes.subList(2, 3))).get("signatures").size()).as("nothing was used by what was refused").isEqualTo(1);
        String audit = SERVICE.auditLog();
        String hex = java.util.HexFormat.of().formatHex(Base64.getDecoder().decode(hashes.get(0)));
        assertThat(audit.lines().filter(line -> line.contains("\"key.use\"") && line.contains(hex)).map(line -> line.replaceFirst(".*\"outcome\":\"([a-z]+)\".*", "$1")).toList())
            .containsExactly("begun", "done");
    }

    @Test
    void signsAHashOnceHoweverManyAskAtTheSameTime() {
        List<Integer> statuses = IntStream.range(0, 8).parallel().mapToObj(i -> send("signatures/signHash", token, hashBody(KEY, hashes.subList(0, 1))).statusCode()).toList();
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(1);
    }

    @Test
    void refusesAHashThatIsNotInTheToken() {
        refused(send("signatures/signHash", token, hashBody(KEY, List.of(hash(new byte[] {1})))), 403, "access_denied", "Hash is not authorized by the SAD");
    }

    @Test
    void refusesMoreSignaturesThanWereAuthorised() {
        String two = credential(PERSON, KEY, hashes, 2);
        refused(send("signatures/signHash", two, hashBody(KEY, hashes)), 429, "access_denied", "for 2 signatures");
        assertThat(send("signatures/signHash", two, hashBody(KEY, hashes.subList(0, 2))).statusCode()).isEqualTo(200);
        refused(send("signatures/signHash", two, hashBody(KEY, hashes.subList(2, 3))), 429, "access_denied", "for 2 signatures");
    }

    @Test
    void refusesAnotherCredentialAndAnotherPersons() {
        String second = key(PERSON);
        refused(send("signatures/signHash", token, hashBody(second, hashes)), 403, "access_denied", "another credential");
        refused(send("signatures/signHash", credential(PERSON, OTHERS_KEY, hashes, 3), hashBody(OTHERS_KEY, hashes)), 400, "invalid_request", "Invalid parameter credentialID");
        refused(send("signatures/signHash", SYSTEM, hashBody(KEY, hashes)), 400, "invalid_request", "Invalid parameter credentialID");
        String bold = SERVICE.issuer.token(SERVICE.url(), "documents", "seal:" + KEY, claims -> claims, "at+jwt");
        refused(send("signatures/signHash", bold, hashBody(KEY, hashes)), 400, "invalid_request", "Invalid parameter credentialID");
        HttpResponse<byte[]> sealed = new TestClient(SERVICE).post("/v1/seals", bold, new String[0], TestClient.Part.text("options", "{\"key\":\"" + KEY + "\",\"format\":\"XAdES\"}"),
            new TestClient.Part("document", "a.xml", TestDocuments.xml().getBytes(StandardCharsets.UTF_8)));
        assertThat(sealed.statusCode()).as("no seal by a person's key").isEqualTo(403);
    }

    @Test
    void refusesATokenThatGivesNoLeaveOrRestsOnAnOldFactor() {
        refused(send("signatures/signHash", service(PERSON), hashBody(KEY, hashes)), 400, "invalid_request", "SAD");
        refused(send("signatures/signHash", service(PERSON), hashBody(KEY, hashes).replace("{", "{\"SAD\":\"made-up\",")), 400, "invalid_request", "Invalid parameter SAD");
        refused(send("signatures/signHash", token(PERSON, "credential", claims(KEY, hashes, 3, Instant.now().minusSeconds(3_600))), hashBody(KEY, hashes)), 403, "access_denied", "second factor");
        refused(send("signatures/signHash", token(PERSON, "credential", more -> claims(KEY, hashes, 3, Instant.now()).apply(more).claim("acr", "1")), hashBody(KEY, hashes)), 403, "access_denied", "second factor");
        refused(send("signatures/signHash", token(PERSON, "credential", more -> more), hashBody(KEY, hashes)), 403, "access_denied", "another credential");
        refused(send("signatures/signHash", token(PERSON, "validate", claims(KEY, hashes, 3, Instant.now())), hashBody(KEY, hashes)), 403, "access_denied", "scope");
        refused(send("signatures/signHash", "", hashBody(KEY, hashes)), 401, "invalid_token", "access token");
        refused(send("signatures/signHash", token + "x", hashBody(KEY, hashes)), 401, "invalid_token", "access token");
    }

    @Test
    void refusesAnotherClientsTokenAndOneThatHasExpired() {
        JsonNode given = ok("credentials/authorize", SYSTEM, authorizeBody("sample-seal-ec", hashes, 3));
        String sad = given.get("SAD").asString();
        assertThat(given.get("expiresIn").asInt()).isBetween(290, 300);
        String body = hashBody("sample-seal-ec", hashes.subList(0, 1)).replace("{", "{\"SAD\":\"" + sad + "\",");
        String another = SERVICE.issuer.token(SERVICE.url(), "another", "seal:sample-seal-ec", claims -> claims, "at+jwt");
        refused(send("signatures/signHash", another, body), 400, "invalid_request", "Invalid parameter SAD");
        assertThat(send("signatures/signHash", SYSTEM, body).statusCode()).isEqualTo(200);
        JdbcClient.create(SERVICE.postgres.getPostgresDatabase()).sql("UPDATE authorisation SET expires = now() - interval '1 second' WHERE client = 'documents'").update();
        refused(send("signatures/signHash", SYSTEM, hashBody("sample-seal-ec", hashes.subList(1, 2)).replace("{", "{\"SAD\":\"" + sad + "\",")), 400, "invalid_request", "SAD expired");
    }

    @Test
    void carriesATransactionOnAndMakesTheFormerLeaveVoid() {
        String first = ok("credentials/authorize", SYSTEM, authorizeBody("sample-seal-ec", hashes, 3)).get("SAD").asString();
        ok("signatures/signHash", SYSTEM, sad(first, hashBody("sample-seal-ec", hashes.subList(0, 1))));
        String question = "{\"credentialID\":\"sample-seal-ec\",\"SAD\":\"" + first + "\"";
        refused(send("credentials/extendTransaction", SYSTEM, question + ",\"hashes\":[\"" + hashes.get(0) + "\"]}"), 403, "access_denied", "Hash is not authorized");
        String second = ok("credentials/extendTransaction", SYSTEM, question + "}").get("SAD").asString();
        refused(send("signatures/signHash", SYSTEM, sad(first, hashBody("sample-seal-ec", hashes.subList(1, 2)))), 400, "invalid_request", "SAD expired");
        refused(send("signatures/signHash", SYSTEM, sad(second, hashBody("sample-seal-ec", hashes.subList(0, 1)))), 403, "access_denied", "Hash is not authorized");
        ok("signatures/signHash", SYSTEM, sad(second, hashBody("sample-seal-ec", hashes.subList(1, 3))));
        refused(send("credentials/extendTransaction", SYSTEM, "{\"credentialID\":\"sample-seal-ec\",\"SAD\":\"" + second + "\"}"), 429, "access_denied", "no signature left");
    }

    @Test
    void givesLeaveForPersonsKeysByTheIssuerAlone() {
        refused(send("credentials/authorize", service(PERSON), authorizeBody(KEY, hashes, 3)), 400, "invalid_request", "oauth2code");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hashAlgorithmOID | 1.3.14.3.2.26 | only SHA-256",
        "hashAlgorithmOID | 2.16.840.1.101.3.4.2.2 | does not fit",
        "signAlgo | 1.2.840.113549.1.1.11 | does not fit",
        "signAlgo | 1.2.840.113549.1.1.5 | signAlgo",
        "signAlgo | '' | signAlgo",
        "operationMode | A | S alone",
        "signAlgoParams | MAA= | signAlgoParams",
        "signAlgoParams | !! | signAlgoParams",
    })
    void refusesParametersThatAreNotToBe(String member, String value, String why) {
        Map<String, Object> body = new java.util.LinkedHashMap<>(Map.of("credentialID", KEY, "hashes", hashes, "hashAlgorithmOID", SHA256, "signAlgo", ECDSA));
        body.put(member, value);
        refused(send("signatures/signHash", token, JSON.writeValueAsString(body)), 400, "invalid_request", why);
    }

    @Test
    void refusesHashesThatAreNone() {
        refused(send("signatures/signHash", token, hashBody(KEY, List.of("!!!"))), 400, "invalid_request", "Invalid Base64 hash string parameter");
        refused(send("signatures/signHash", token, hashBody(KEY, List.of("AAAA"))), 400, "invalid_request", "Invalid digest value length");
        refused(send("signatures/signHash", token, hashBody(KEY, List.of())), 400, "invalid_request", "Empty hash array");
        refused(send("signatures/signHash", token, "{\"credentialID\":"), 400, "invalid_request", "JSON");
        refused(send("signatures/signHash", token, "[]"), 400, "invalid_request", "JSON");
        refused(send("signatures/signHash", token, "{\"a\":\"" + "a".repeat(70_000) + "\"}"), 413, "invalid_request", "64 kB");
        List<String> many = new ArrayList<>();
        IntStream.range(0, 101).forEach(i -> many.add(hash(new byte[] {(byte) i})));
        refused(send("signatures/signHash", token, hashBody(KEY, many)), 400, "invalid_request", "more than 100");
        refused(send("credentials/authorize", SYSTEM, authorizeBody("sample-seal", List.of(hashes.get(0), hashes.get(0)), 2)), 400, "invalid_request", "each different");
        refused(send("credentials/authorize", SYSTEM, authorizeBody("sample-seal", hashes, 4)), 400, "invalid_request", "numSignatures");
    }

    @Test
    void holdsAnAgencysKeyToItsRule() {
        String sad = ok("credentials/authorize", SYSTEM, authorizeBody("sample-agency", hashes, 3)).get("SAD").asString();
        refused(send("signatures/signHash", SYSTEM, sad(sad, hashBody("sample-agency", hashes).replace(ECDSA, "1.2.840.113549.1.1.11"))), 403, "access_denied", "its rule looks at documents");
    }

    @ParameterizedTest
    @CsvSource({"1.2.840.113549.1.1.11,SHA256withRSA", "1.2.840.113549.1.1.1,SHA256withRSA", "1.2.840.113549.1.1.10,RSASSA-PSS"})
    void signsHashesWithAnAgencysKeyOfRsa(String algorithm, String jca) throws Exception {
        byte[] text = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
        String sad = ok("credentials/authorize", SYSTEM, authorizeBody("sample-seal", List.of(hash(text)), 1)).get("SAD").asString();
        byte[] value = Base64.getDecoder().decode(ok("signatures/signHash", SYSTEM, sad(sad, hashBody("sample-seal", List.of(hash(text))).replace(ECDSA, algorithm))).get("signatures").get(0).asString());
        Signature engine = Signature.getInstance(jca);
        if (jca.equals("RSASSA-PSS")) {
            engine.setParameter(antin.kernel.key.SignatureAlgorithm.RSA_PSS_SHA256.pss());
        }
        engine.initVerify(certificate("sample-seal", SYSTEM));
        engine.update(text);
        assertThat(engine.verify(value)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"P,AdES-B-LT,,DocumentWithSignature", "X,AdES-B-B,Enveloped,DocumentWithSignature", "C,AdES-B-T,Detached,SignatureObject", "J,AdES-B-B,Attached,DocumentWithSignature"})
    void signsDocumentsWithAPersonsKeyInEachFormat(String format, String level, String property, String member) {
        byte[] document = format.equals("P") ? TestDocuments.pdf(1_000) : TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
        String leave = credential(PERSON, KEY, List.of(hash(document)), 1);
        JsonNode answer = ok("signatures/signDoc", leave, documentBody(KEY, document, format, level, property));
        byte[] signed = Base64.getDecoder().decode(answer.get(member).get(0).asString());
        TestClient client = new TestClient(SERVICE);
        JsonNode report = TestClient.json(property != null && property.equals("Detached") ? client.validate(signed, new TestClient.Part("original", "document", document)) : client.validate(signed));
        assertThat(report.get("conclusion").asString()).as(report.toString()).isEqualTo("valid");
        assertThat(report.at("/signatures/0/format").asString()).endsWith("BASELINE-" + level.substring(7));
        refused(send("signatures/signDoc", leave, documentBody(KEY, document, format, level, property)), 400, "invalid_request", "signed once");
    }

    @Test
    void signsADocumentWithAnAgencysKeyByTheSameRulesAsASeal() {
        byte[] document = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
        String sad = ok("credentials/authorize", SYSTEM, authorizeBody("sample-seal-ec", List.of(hash(document)), 1)).get("SAD").asString();
        JsonNode answer = ok("signatures/signDoc", SYSTEM, sad(sad, documentBody("sample-seal-ec", document, "X", "AdES-B-B", "Enveloping")));
        assertThat(TestClient.json(new TestClient(SERVICE).validate(Base64.getDecoder().decode(answer.get("DocumentWithSignature").get(0).asString()))).get("conclusion").asString()).isEqualTo("valid");
        String agency = ok("credentials/authorize", SYSTEM, authorizeBody("sample-agency", List.of(hash(document)), 1)).get("SAD").asString();
        refused(send("signatures/signDoc", SYSTEM, sad(agency, documentBody("sample-agency", document, "X", "AdES-B-B", "Enveloped"))), 400, "invalid_request", "somebody has signed");
    }

    @Test
    void refusesDocumentsThatAreNotTheAuthorisedOneAndFormsThatAreNone() {
        byte[] document = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);
        refused(send("signatures/signDoc", token, documentBody(KEY, document, "X", "AdES-B-B", "Enveloped")), 403, "access_denied", "Hash is not authorized by the SAD");
        refused(send("signatures/signDoc", token, documentBody(KEY, document, "Z", "AdES-B-B", "Enveloped")), 400, "invalid_request", "signature_format");
        refused(send("signatures/signDoc", token, documentBody(KEY, document, "X", "AdES-B-X", "Enveloped")), 400, "invalid_request", "conformance_level");
        refused(send("signatures/signDoc", token, documentBody(KEY, document, "P", "AdES-B-B", "Certification")), 400, "invalid_request", "signed_envelope_property");
        refused(send("signatures/signDoc", token, "{\"credentialID\":\"" + KEY + "\",\"documents\":[]}"), 400, "invalid_request", "documents");
        refused(send("signatures/signDoc", token, "{\"credentialID\":\"" + KEY + "\",\"documents\":[{\"document\":\"!!\",\"signature_format\":\"X\"}]}"), 400, "invalid_request", "document");
        refused(send("signatures/signDoc", token, "{\"a\":\"" + "a".repeat(40_000_000) + "\"}"), 413, "invalid_request", "larger than");
    }

    @Test
    void stampsAHash() throws Exception {
        JsonNode answer = ok("signatures/timestamp", service(PERSON), "{\"hash\":\"" + hashes.get(0) + "\",\"hashAlgo\":\"" + SHA256 + "\"}");
        org.bouncycastle.tsp.TimeStampToken stamp = new org.bouncycastle.tsp.TimeStampToken(new org.bouncycastle.cms.CMSSignedData(Base64.getDecoder().decode(answer.get("timestamp").asString())));
        assertThat(stamp.getTimeStampInfo().getMessageImprintDigest()).isEqualTo(Base64.getDecoder().decode(hashes.get(0)));
        refused(send("signatures/timestamp", service(PERSON), "{\"hash\":\"AAAA\",\"hashAlgo\":\"1.3.14.3.2.26\"}"), 400, "invalid_request", "hashAlgorithmOID");
        refused(send("signatures/timestamp", service(PERSON), "{\"hash\":\"" + hashes.get(0) + "\",\"hashAlgo\":\"" + SHA256 + "\",\"nonce\":\"1\"}"), 400, "invalid_request", "nonce");
    }

    @Test
    void makesAPersonsKeyOnlyAfterAFreshFactorAndOnlyForAPerson() {
        assertThat(make(token("700003", "service", claims -> claims.claim("auth_time", Date.from(Instant.now().minusSeconds(1_200)))))).isEqualTo(403);
        assertThat(make(SERVICE.issuer.token(SERVICE.url(), "documents", "sign", claims -> claims.claim("auth_time", Date.from(Instant.now())), "at+jwt"))).isEqualTo(403);
        assertThat(make(SYSTEM)).isEqualTo(403);
        assertThat(make("")).isEqualTo(401);
        String fresh = fresh("700003");
        assertThat(IntStream.range(0, 6).mapToObj(i -> make(fresh)).toList()).containsExactly(201, 201, 201, 201, 201, 429);
    }

    private static String documentBody(String credential, byte[] document, String format, String level, String property) {
        Map<String, Object> one = new java.util.LinkedHashMap<>(Map.of("document", Base64.getEncoder().encodeToString(document), "signature_format", format, "conformance_level", level));
        if (property != null) {
            one.put("signed_envelope_property", property);
        }
        return JSON.writeValueAsString(Map.of("credentialID", credential, "documents", List.of(one), "clientData", "unknown members are left alone"));
    }

    private static String sad(String sad, String body) {
        return body.replaceFirst("\\{", "{\"SAD\":\"" + sad + "\",");
    }

    private static String hashBody(String credential, List<String> hashes) {
        return JSON.writeValueAsString(Map.of("credentialID", credential, "hashes", hashes, "hashAlgorithmOID", SHA256, "signAlgo", ECDSA));
    }

    private static String authorizeBody(String credential, List<String> hashes, int signatures) {
        return JSON.writeValueAsString(Map.of("credentialID", credential, "hashes", hashes, "hashAlgorithmOID", SHA256, "numSignatures", signatures));
    }

    private static String hash(byte[] text) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean verifies(String credential, String token, String hash, String value) throws Exception {
        Signature engine = Signature.getInstance("NONEwithECDSA");
        engine.initVerify(certificate(credential, token));
        engine.update(Base64.getDecoder().decode(hash));
        return engine.verify(Base64.getDecoder().decode(value));
    }

    private static X509Certificate certificate(String credential, String token) throws Exception {
        String base64 = ok("credentials/info", token, "{\"credentialID\":\"" + credential + "\"}").at("/cert/certificates/0").asString();
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    /** As the issuer gives after a second factor and the person's yes. */
    private static String credential(String person, String key, List<String> hashes, int signatures) {
        return token(person, "credential", claims(key, hashes, signatures, Instant.now().minusSeconds(20)));
    }

    private static UnaryOperator<JWTClaimsSet.Builder> claims(String key, List<String> hashes, int signatures, Instant proven) {
        return claims -> claims.jwtID(UUID.randomUUID().toString()).claim("auth_time", proven.getEpochSecond()).claim("acr", "urn:antin:acr:two-factors").claim("credentialID", key)
            .claim("hashes", hashes).claim("hashAlgorithmOID", SHA256).claim("numSignatures", signatures);
    }

    private static String service(String person) {
        return token(person, "service", claims -> claims);
    }

    private static String fresh(String person) {
        return token(person, "service", claims -> claims.claim("auth_time", Instant.now().getEpochSecond()));
    }

    private static String token(String person, String scope, UnaryOperator<JWTClaimsSet.Builder> more) {
        return SERVICE.issuer.token(SERVICE.url(), "program", scope, claims -> more.apply(claims.subject(person)), "at+jwt");
    }

    private static String key(String person) {
        return JSON.readTree(post("/v1/remote-keys", fresh(person), "").body()).get("name").asString();
    }

    private static int make(String token) {
        return post("/v1/remote-keys", token, "").statusCode();
    }

    private static void refused(HttpResponse<String> answer, int status, String error, String description) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        assertThat(JSON.readTree(answer.body()).get("error").asString()).isEqualTo(error);
        assertThat(JSON.readTree(answer.body()).get("error_description").asString()).contains(description);
    }

    private static JsonNode ok(String method, String token, String body) {
        HttpResponse<String> answer = send(method, token, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static HttpResponse<String> send(String method, String token, String body) {
        return post("/csc/v2/" + method, token, body);
    }

    private static HttpResponse<String> post(String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(SERVICE.url() + path)).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        Stream.of(token).filter(text -> !text.isEmpty()).forEach(text -> request.header("Authorization", "Bearer " + text));
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
