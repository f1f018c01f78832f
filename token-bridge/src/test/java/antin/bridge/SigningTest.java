package antin.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import antin.bridge.message.Frames;
import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.origin.Policy;
import antin.bridge.origin.RememberedOrigins;
import antin.bridge.token.LazyTokens;
import antin.bridge.token.SoftHsm;
import antin.bridge.window.Person;
import antin.bridge.window.PinQuestion.Document;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whole messages, answered with SoftHSM's tokens; where a card must count, lock or be taken out, with the card before SoftHSM. */
class SigningTest {

    private static final String ORIGIN = "https://ky.example.gov.vn";

    private final Person person = new Person();
    @TempDir
    private Path folder;
    private SoftHsm hsm;
    private Policy policy = Policy.none();
    private List<Path> modules = List.of(SoftHsm.LIBRARY);
    private boolean webEid;
    private LazyTokens tokens = new LazyTokens(() -> modules);
    private Conversation conversation = new Conversation(new Frames(Pipes.frames(), new ByteArrayOutputStream()), person, Path.of(""), false, List.of());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @BeforeEach
    void begin() throws Exception {
        hsm = new SoftHsm(folder);
        start();
    }

    private void start() {
        tokens = new LazyTokens(() -> modules);
        Origins origins = new Origins(() -> policy, new RememberedOrigins(folder.resolve("user")), person::mayAsk);
        conversation = new Conversation(new Frames(new ByteArrayInputStream(new byte[0]), out), person, folder.resolve("user"), webEid, TokenBridge.commands(origins, tokens, person, "1"));
    }

    @AfterEach
    void free() {
        tokens.close();
    }

    @Test
    void signsThreeDocumentsWithOnePin() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        person.pins.add(SoftHsm.PIN);
        JsonNode answer = ask("sign-all", arguments(mine, "SHA-256", "Tờ trình", "Công văn", "Quyết định"));
        assertThat(answer.get("signatures").size()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format");
            engine.initVerify(mine.getPublicKey());
            engine.update(List.of("Tờ trình", "Công văn", "Quyết định").get(i).getBytes(StandardCharsets.UTF_8));
            assertThat(engine.verify(answer.get("signatures").get(i).binaryValue())).isTrue();
        }
        assertThat(person.questions).singleElement().satisfies(question -> {
            assertThat(question.origin().value()).isEqualTo(ORIGIN);
            assertThat(question.documents()).extracting(Document::name).containsExactly("Tờ trình", "Công văn", "Quyết định");
        });
        assertThat(person.admitted).hasSize(1);
    }

    @Test
    void gathersDocumentsOverSeveralMessages() throws Exception {
        X509Certificate mine = hsm.rsa("An", SoftHsm.SIGNING);
        person.pins.add(SoftHsm.PIN);
        for (int part = 0; part < 2; part++) {
            ObjectNode arguments = origin();
            ArrayNode documents = arguments.putArray("documents");
            for (int i = 0; i < 50; i++) {
                documents.addObject().put("name", part + "/" + i).put("hash", digest(part + "/" + i));
            }
            assertThat(ask("add-documents", arguments).get("documents").intValue()).isEqualTo(50 * (part + 1));
        }
        JsonNode answer = ask("sign-all", arguments(mine, "SHA-256"));
        assertThat(answer.get("signatures").size()).isEqualTo(100);
        assertThat(answer.get("signatureAlgorithm").get("paddingScheme").stringValue()).isEqualTo("PSS");
        assertThat(person.questions).singleElement().satisfies(question -> assertThat(question.documents()).hasSize(100));
    }

    @Test
    void keepsDocumentsOfTwoOriginsApart() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        ObjectNode other = Json.object().put("origin", "https://other.example.vn");
        other.putArray("documents").addObject().put("name", "theirs").put("hash", digest("theirs"));
        ask("add-documents", other);
        person.pins.add(SoftHsm.PIN);
        assertThat(ask("sign-all", arguments(mine, "SHA-256", "mine")).get("signatures").size()).isOne();
        assertThat(person.questions.getLast().documents()).extracting(Document::name).containsExactly("mine");
    }

    @Test
    void signsWithThePaddingThatThePageNeeds() throws Exception {
        X509Certificate mine = hsm.rsa("An", SoftHsm.SIGNING);
        person.pins.add(SoftHsm.PIN);
        JsonNode answer = ask("sign-all", arguments(mine, "SHA-256", "Tờ trình").put("paddingScheme", "PKCS1.5"));
        Signature engine = Signature.getInstance("SHA256withRSA");
        engine.initVerify(mine.getPublicKey());
        engine.update("Tờ trình".getBytes(StandardCharsets.UTF_8));
        assertThat(engine.verify(answer.get("signatures").get(0).binaryValue())).isTrue();
    }

    @Test
    void neverSignsAHashWithAKeyForLoggingIn() throws Exception {
        X509Certificate login = hsm.ec("secp256r1", "An", SoftHsm.LOGIN, KeyPurposeId.id_kp_clientAuth);
        person.pins.add(SoftHsm.PIN);
        assertRefused(ask("sign-all", arguments(login, "SHA-256", "Tờ trình")), Reason.NOT_FOR_SIGNING);
        assertRefused(ask("sign", origin().put("hash", digest("x")).put("hashFunction", "SHA-256").put("certificate", login.getEncoded())), Reason.NOT_FOR_SIGNING);
        assertThat(person.questions).isEmpty();
        assertThat(ask("list-tokens", origin()).get("tokens").get(0).get("certificates").size()).isZero();
        assertThat(ask("get-signing-certificate", origin()).has("error")).isTrue();
    }

    @Test
    void logsInWithTheOriginThatTheBrowserGives() throws Exception {
        X509Certificate login = hsm.rsa("An", SoftHsm.LOGIN, KeyPurposeId.id_kp_clientAuth);
        person.pins.add(SoftHsm.PIN);
        String nonce = "a".repeat(44);
        JsonNode token = ask("authenticate", origin().put("challengeNonce", nonce));
        assertThat(token.get("algorithm").stringValue()).isEqualTo("PS256");
        assertThat(token.get("unverifiedCertificate").binaryValue()).isEqualTo(login.getEncoded());
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        byte[] origin = sha.digest(ORIGIN.getBytes(StandardCharsets.UTF_8));
        byte[] challenge = sha.digest(nonce.getBytes(StandardCharsets.UTF_8));
        Signature engine = Signature.getInstance("RSASSA-PSS");
        engine.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        engine.initVerify(login.getPublicKey());
        engine.update(origin);
        engine.update(challenge);
        assertThat(engine.verify(token.get("signature").binaryValue())).isTrue();
    }

    @Test
    void asksAgainAfterAWrongPinWhichCostsOneTry() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        modules = List.of(hsm.card());
        person.pins.add("11112222");
        assertRefused(ask("sign-all", arguments(mine, "SHA-256", "a", "b")), Reason.USER_CANCELLED);
        assertThat(hsm.number("tries")).isOne();
        assertThat(person.questions).hasSize(2);
        assertThat(person.questions.getLast()).satisfies(question -> {
            assertThat(question.wrong()).isOne();
            assertThat(question.token().fewTries()).isTrue();
        });
        person.pins.add(SoftHsm.PIN);
        assertThat(ask("sign-all", arguments(mine, "SHA-256", "a", "b")).get("signatures").size()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("logins"))).isEqualTo("8\n8\n");
    }

    @Test
    void stopsAtALockedToken() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        modules = List.of(hsm.card());
        person.pins.addAll(List.of("11112222", "11112222", "11112222", SoftHsm.PIN));
        assertRefused(ask("sign-all", arguments(mine, "SHA-256", "a")), Reason.PIN_LOCKED);
        assertThat(hsm.number("tries")).isEqualTo(3);
        assertThat(person.pins).hasSize(1); // not even asked for
        assertThat(person.told).isEmpty(); // our page shows it
    }

    @Test
    void tellsThePersonWhatAPageOfWebEidWouldNot() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        modules = List.of(hsm.card());
        Files.writeString(folder.resolve("tries"), "3");
        webEid = true;
        start();
        JsonNode answer = ask("sign", origin().put("hash", digest("x")).put("hashFunction", "SHA-256").put("certificate", mine.getEncoded()));
        assertThat(answer.get("error").propertyNames()).containsExactlyInAnyOrder("code", "message");
        assertThat(person.told).containsExactly(Reason.PIN_LOCKED);
    }

    @Test
    void givesNothingWhereTheTokenIsTakenOutInTheMiddle() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        modules = List.of(hsm.card());
        person.pins.add(SoftHsm.PIN);
        Files.writeString(folder.resolve("remove-at"), "2");
        JsonNode answer = ask("sign-all", arguments(mine, "SHA-256", "a", "b", "c"));
        assertRefused(answer, Reason.TOKEN_REMOVED);
        assertThat(answer.has("signatures")).isFalse();
    }

    @Test
    void noticesATokenThatIsTakenOutWhileThePinIsTyped() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        modules = List.of(hsm.card());
        person.pins.add(SoftHsm.PIN);
        person.beforePin = () -> remove();
        assertRefused(ask("sign-all", arguments(mine, "SHA-256", "a")), Reason.TOKEN_REMOVED);
        assertThat(Files.exists(folder.resolve("logins"))).isFalse();
    }

    @Test
    void waitsForATokenThatIsPutInLate() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        modules = List.of(hsm.card());
        remove();
        person.onRetry = Optional.of(() -> delete("removed"));
        JsonNode answer = ask("get-signing-certificate", origin());
        assertThat(answer.get("certificate").binaryValue()).isEqualTo(mine.getEncoded());
        assertThat(person.retries).containsExactly(Reason.NO_TOKEN);
        remove();
        assertThat(ask("get-signing-certificate", origin()).get("error").get("code").stringValue()).isEqualTo("ERR_WEBEID_NATIVE_FATAL");
    }

    @Test
    void refusesWhatThePersonOrThePolicyDoesNotAllow() throws Exception {
        X509Certificate mine = hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        person.pins.add(SoftHsm.PIN);
        person.admits = false;
        assertRefused(ask("sign-all", arguments(mine, "SHA-256", "a")), Reason.ORIGIN_REFUSED);
        assertRefused(ask("list-tokens", origin()), Reason.ORIGIN_REFUSED);
        assertThat(person.admitted).hasSize(1); // asked once
        policy = new Policy(List.of(), false, List.of(), List.of());
        assertRefused(ask("list-tokens", Json.object().put("origin", "https://other.example.vn")), Reason.ORIGIN_REFUSED);
        assertThat(person.admitted).hasSize(1); // not asked at all
        policy = new Policy(List.of(Origin.of(ORIGIN)), false, List.of(), List.of());
        assertThat(ask("list-tokens", origin()).get("tokens").size()).isOne();
        assertThat(person.questions).isEmpty();
    }

    @Test
    void choosesAmongSeveralCertificates() throws Exception {
        hsm.rsa("An hai", KeyUsage.digitalSignature | KeyUsage.nonRepudiation);
        hsm.ec("secp256r1", "An", SoftHsm.SIGNING);
        hsm.ec("secp256r1", "An", SoftHsm.LOGIN, KeyPurposeId.id_kp_clientAuth);
        assertThat(ask("get-signing-certificate", origin()).has("certificate")).isTrue();
        assertThat(person.choices).singleElement().satisfies(choice -> assertThat(choice).hasSize(2));
    }

    @Test
    void makesAKeyAndItsRequestAndTakesItsCertificate() throws Exception {
        for (String type : List.of("EC-P256", "RSA-2048")) {
            person.pins.addAll(List.of(SoftHsm.PIN, SoftHsm.PIN, SoftHsm.PIN));
            JsonNode answer = ask("make-key", origin().put("keyType", type).put("subject", "CN=Nguyễn Văn An,O=Sở Nội vụ,C=VN"));
            PKCS10CertificationRequest request = new PKCS10CertificationRequest(answer.get("request").binaryValue());
            assertThat(request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(request.getSubjectPublicKeyInfo()))).isTrue();
            assertThat(request.getSubject().toString()).contains("Nguyễn Văn An");
            X509Certificate issued = hsm.issue(request);
            assertThat(ask("store-certificate", origin().put("certificate", issued.getEncoded())).get("stored").booleanValue()).isTrue();
            assertThat(ask("sign-all", arguments(issued, "SHA-256", "a")).get("signatures").size()).isOne();
        }
        assertRefused(ask("store-certificate", origin().put("certificate", hsm.stranger().getEncoded())), Reason.KEY_NOT_FOUND);
    }

    @Test
    void changesThePin() throws Exception {
        person.pins.addAll(List.of("11112222", "87654321", SoftHsm.PIN, "87654321"));
        assertThat(ask("change-pin", origin()).get("changed").booleanValue()).isTrue();
        assertThat(person.questions).hasSize(2); // the first was wrong
        person.pins.addAll(List.of(SoftHsm.PIN, "87654321"));
        assertThat(ask("make-key", origin().put("keyType", "EC-P256").put("subject", "CN=An")).has("request")).isTrue();
        assertThat(person.questions.getLast().wrong()).isOne(); // the old one is none now
    }

    @Test
    void tellsAStrangerNothingAboutTokens() throws Exception {
        hsm.rsa("An", SoftHsm.SIGNING);
        JsonNode status = ask("status", Json.object());
        assertThat(status.propertyNames()).containsExactlyInAnyOrder("version", "commands");
        assertThat(person.admitted).isEmpty();
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        JsonNode answer = ask("format-token", origin());
        assertRefused(answer, Reason.UNKNOWN_COMMAND);
        assertThat(answer.get("error").get("messages").get("vi").stringValue()).contains("không biết lệnh");
        assertRefused(ask("sign-all", origin().put("hashFunction", "MD5").put("certificate", "AA==")), Reason.INVALID_ARGUMENT);
        assertRefused(ask("list-tokens", Json.object().put("origin", "http://ky.example.gov.vn")), Reason.INVALID_ORIGIN);
        X509Certificate mine = hsm.rsa("An", SoftHsm.SIGNING);
        assertRefused(ask("sign-all", arguments(mine, "SHA-512", "a")), Reason.INVALID_ARGUMENT); // digests of another length
        assertRefused(ask("sign-all", arguments(mine, "SHA-256")), Reason.INVALID_ARGUMENT); // no documents
    }

    private static void assertRefused(JsonNode answer, Reason reason) {
        assertThat(answer.path("error").path("reason").stringValue("none: " + answer)).isEqualTo(reason.word());
        assertThat(answer.get("error").get("code").stringValue()).isEqualTo(reason.code());
    }

    private JsonNode ask(String command, ObjectNode arguments) throws IOException {
        ObjectNode message = Json.object().put("command", command);
        message.set("arguments", arguments);
        out.reset();
        conversation.answer(Json.write(message));
        return Json.read(Pipes.messages(out.toByteArray()).getFirst().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode origin() {
        return Json.object().put("origin", ORIGIN);
    }

    private static ObjectNode arguments(X509Certificate certificate, String hash, String... texts) throws Exception {
        ObjectNode arguments = origin().put("certificate", certificate.getEncoded()).put("hashFunction", hash);
        if (texts.length > 0) {
            ArrayNode documents = arguments.putArray("documents");
            for (String text : texts) {
                documents.addObject().put("name", text).put("hash", digest(text));
            }
        }
        return arguments;
    }

    private static String digest(String text) throws Exception {
        return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void remove() {
        try {
            Files.writeString(folder.resolve("removed"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(String file) {
        try {
            Files.delete(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
