package antin.signing.attack;

import static antin.signing.attack.Jws.es256;

import antin.signing.TestKey;
import antin.signing.attack.Attack.Making;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers that say less or other than a reader thinks, in JWS and JAdES. */
class JsonAttackTest {

    private static final Bench BENCH = new Bench();
    private static final String TEXT = "{\"chi\":1000}";
    private static final String CRIT = ",\"crit\":[\"sigT\"]";

    private interface Signing {
        String make() throws Exception;
    }

    @AfterAll
    static void stop() {
        BENCH.close();
    }

    static Stream<Attack> attacks() {
        TestKey ec = BENCH.ec;
        return Stream.of(
            attack("name twice outside", "refused: The JSON file is broken, nested too deeply, or has a name twice.",
                () -> honest().flattened().replace("{\"payload\"", "{\"payload\":\"" + Jws.part("{\"chi\":9000}") + "\",\"payload\"")),
            attack("name twice in the header", "refused: The document is broken, protected, or not of the format asked for.", () -> es256(ec, "\"alg\":\"none\"," + head() + CRIT, TEXT).flattened()),
            attack("alg none", "invalid HASH_FAILURE FORBIDDEN_ALGORITHM", () -> honest().headed(("{" + head() + CRIT + "}").replace("ES256", "none")).flattened()),
            attack("alg none without a value", "invalid HASH_FAILURE FORBIDDEN_ALGORITHM", () -> new Jws(("{" + head() + CRIT + "}").replace("ES256", "none"), TEXT, "", "").compact()),
            attack("HS256 by the public key", "invalid HASH_FAILURE FORBIDDEN_ALGORITHM", JsonAttackTest::byPublicKey),
            attack("RS256 for ES256", "invalid HASH_FAILURE", () -> honest().headed(honest().header().replace("ES256", "RS256")).flattened()),
            attack("unknown crit", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> es256(ec, head() + ",\"x-moi\":1,\"crit\":[\"sigT\",\"x-moi\"]", TEXT).flattened()),
            attack("crit names what is not there", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> es256(ec, head() + ",\"crit\":[\"sigT\",\"sigPl\"]", TEXT).flattened()),
            attack("b64 false without crit", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> es256(ec, head() + ",\"b64\":false" + CRIT, TEXT).flattened()),
            attack("b64 false outside the signed header", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> honest().beside("\"b64\":false").flattened()),
            attack("payload replaced", "invalid HASH_FAILURE", () -> honest().over("{\"chi\":9000}").flattened()),
            attack("certificate reference outside the signed header", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> es256(ec, "\"alg\":\"ES256\",\"sigT\":\"2026-01-01T00:00:00Z\"" + CRIT, TEXT)
                .beside(Jws.x5t(ec.chain().getFirst()) + "," + Jws.x5c(ec.chain())).flattened()),
            attack("all of the header unsigned", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE FORBIDDEN_ALGORITHM", () -> es256(ec, "\"crit\":[]", TEXT).headed("").beside(head()).flattened().replace("\"protected\":\"\",", "")),
            attack("header in both places", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> honest().beside("\"alg\":\"ES256\",\"sigT\":\"2020-01-01T00:00:00Z\"").flattened()),
            attack("x5t of another certificate", "indeterminate NO_SIGNING_CERTIFICATE_FOUND", () -> es256(ec, head().replace(Jws.x5t(ec.chain().getFirst()), Jws.x5t(BENCH.rsa.chain().getFirst())) + CRIT, TEXT).flattened()),
            attack("x5c of another certificate", "indeterminate NO_SIGNING_CERTIFICATE_FOUND", () -> es256(ec, head().replace(Jws.x5c(ec.chain()), Jws.x5c(BENCH.rsa.chain())) + CRIT, TEXT).flattened()),
            attack("no certificate reference", "indeterminate SIG_CONSTRAINTS_FAILURE", () -> es256(ec, head().replace(Jws.x5t(ec.chain().getFirst()) + ",", "") + CRIT, TEXT).flattened()),
            detached("sigD over another object", "invalid HASH_FAILURE", "{\"chi\":9000}"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    private static Attack attack(String name, String verdict, Signing forged) {
        return new Attack("JAdES: " + name, verdict, () -> Sent.of(honest().flattened()), () -> Sent.of(forged.make()));
    }

    private static Attack detached(String name, String verdict, String other) {
        byte[] signed = BENCH.sign("JAdES", TEXT.getBytes(StandardCharsets.UTF_8), SignatureLevel.B, Packaging.DETACHED, BENCH.ec);
        Making honest = () -> Sent.of(signed, "qd.txt", TEXT.getBytes(StandardCharsets.UTF_8));
        return new Attack("JAdES: " + name, verdict, honest, () -> Sent.of(signed, "qd.txt", other.getBytes(StandardCharsets.UTF_8)));
    }

    private static String head() throws Exception {
        return Jws.header("ES256", BENCH.ec.chain());
    }

    private static Jws honest() throws Exception {
        return es256(BENCH.ec, head() + CRIT, TEXT);
    }

    /** What the public key is for a reader that takes it for a secret. */
    private static String byPublicKey() throws Exception {
        String header = "{" + Jws.header("HS256", BENCH.rsa.chain()) + CRIT + "}";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(BENCH.rsa.chain().getFirst().getPublicKey().getEncoded(), "HmacSHA256"));
        return new Jws(header, TEXT, Jws.URL.encodeToString(mac.doFinal((Jws.part(header) + "." + Jws.part(TEXT)).getBytes(StandardCharsets.US_ASCII))), "").flattened();
    }
}
