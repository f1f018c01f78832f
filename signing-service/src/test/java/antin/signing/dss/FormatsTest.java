package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What CMS, JSON and containers have in common; PDF and XML have tests of their own. */
class FormatsTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final byte[] FILE = "Quyết định về việc bổ nhiệm\n".getBytes(StandardCharsets.UTF_8);

    private static final Set<SignatureAlgorithm> OTHER_CURVES = Set.of(SignatureAlgorithm.ECDSA_SHA384, SignatureAlgorithm.ECDSA_SHA512);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    static Stream<Arguments> everyWay() {
        return SIGNING.formats.stream().skip(2).flatMap(format -> format.packagings().stream()
            .flatMap(packaging -> Arrays.stream(SignatureLevel.values()).map(level -> Arguments.of(format.name(), packaging, level))));
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void reachesTheLevelAskedFor(String name, Packaging packaging, SignatureLevel level) {
        byte[] signed = sign(name, packaging, level, SignatureAlgorithm.RSA_PSS_SHA256, RSA, FILE);
        ValidationReport report = SIGNING.validate(signed, originals(name, packaging));
        assertThat(report.signatures()).hasSize(1);
        SignatureReport own = report.signatures().getFirst();
        assertThat(own.conclusion()).as(own.toString()).isEqualTo(Conclusion.VALID);
        assertThat(own.format()).endsWith("-BASELINE-" + level);
        assertThat(own.covers()).isEqualTo(Coverage.WHOLE);
        assertThat(own.provenTime() != null).isEqualTo(level != SignatureLevel.B);
    }

    static Stream<Arguments> everyAlgorithm() {
        return SIGNING.formats.stream().skip(2).flatMap(format -> Arrays.stream(SignatureAlgorithm.values())
            .filter(algorithm -> !format.name().equals("JAdES") || !OTHER_CURVES.contains(algorithm)).map(algorithm -> Arguments.of(format.name(), algorithm)));
    }

    @ParameterizedTest
    @MethodSource("everyAlgorithm")
    void makesEachAlgorithm(String name, SignatureAlgorithm algorithm) {
        TestKey key = algorithm.keyAlgorithm().equals("EC") ? EC : RSA;
        Packaging packaging = SIGNING.format(name).packagings().getFirst();
        byte[] signed = sign(name, packaging, SignatureLevel.B, algorithm, key, FILE);
        assertThat(SIGNING.validate(signed, originals(name, packaging)).conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void refusesJsonWithADigestThatIsNotTheCurves() {
        for (SignatureAlgorithm algorithm : OTHER_CURVES) {
            assertThatThrownBy(() -> sign("JAdES", Packaging.ENVELOPING, SignatureLevel.B, algorithm, EC, FILE)).isInstanceOf(Problem.class).hasMessageContaining("ECDSA-SHA256");
        }
    }

    @Test
    void seesAnotherOriginal() {
        byte[] signed = sign("CAdES", Packaging.DETACHED, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, EC, FILE);
        Document other = SIGNING.document("qđ.txt", "Quyết định khác".getBytes(StandardCharsets.UTF_8));
        assertThat(SIGNING.validate(signed, other).signatures().getFirst().subIndication()).isEqualTo("HASH_FAILURE");
        assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.INDETERMINATE);
    }

    @Test
    void addsASignatureToAContainer() {
        SignatureFormat format = SIGNING.format("ASiC-E");
        byte[] first = sign(format.name(), Packaging.DETACHED, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, EC, FILE);
        byte[] second = SIGNING.sign(format, SIGNING.document("qđ.asice", first), SignatureLevel.LT, Packaging.DETACHED, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        ValidationReport report = SIGNING.validate(second);
        assertThat(report.signatures()).hasSize(2);
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
    }

    private static byte[] sign(String name, Packaging packaging, SignatureLevel level, SignatureAlgorithm algorithm, TestKey key, byte[] file) {
        return SIGNING.sign(SIGNING.format(name), SIGNING.document("qđ.txt", file), level, packaging, algorithm, key);
    }

    /** Containers hold what was signed. */
    private static Document[] originals(String name, Packaging packaging) {
        boolean apart = packaging == Packaging.DETACHED && !name.startsWith("ASiC");
        return apart ? new Document[] {SIGNING.document("qđ.txt", FILE)} : new Document[0];
    }
}
