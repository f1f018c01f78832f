package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class XadesTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);
    private static final byte[] XML = TestDocuments.xml().getBytes(StandardCharsets.UTF_8);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @EnumSource
    void reachesTheLevelAskedFor(SignatureLevel level) {
        byte[] signed = SIGNING.sign(SIGNING.xades, xml(), level, Packaging.ENVELOPED, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        SignatureReport report = SIGNING.validate(signed).signatures().getFirst();
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(report.format()).isEqualTo("XAdES-BASELINE-" + level);
    }

    @ParameterizedTest
    @EnumSource
    void makesEachAlgorithm(SignatureAlgorithm algorithm) {
        TestKey key = algorithm.keyAlgorithm().equals("EC") ? EC : RSA;
        byte[] signed = SIGNING.sign(SIGNING.xades, xml(), SignatureLevel.B, Packaging.ENVELOPED, algorithm, key);
        assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void seesOneChangedByte() {
        byte[] signed = SIGNING.sign(SIGNING.xades, xml(), SignatureLevel.LTA, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, EC);
        byte[] changed = new String(signed, StandardCharsets.UTF_8).replace("Nguyễn Văn A", "Nguyễn Văn B").getBytes(StandardCharsets.UTF_8);
        assertThat(SIGNING.validate(changed).signatures().getFirst().subIndication()).isEqualTo("HASH_FAILURE");
    }

    /** Readers take the first piece of such a text; canonical XML leaves the comment out. */
    @Test
    void signsNothingThatItWouldRefuseItself() {
        Document cut = SIGNING.document("qđ.xml", "<chi>1.000<!-- -->.000</chi>".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> SIGNING.sign(SIGNING.xades, cut, SignatureLevel.B, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, EC))
            .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Problem.Kind.MALFORMED_DOCUMENT)).hasMessageContaining("COMMENT_IN_TEXT");
    }

    @Test
    void signsAnyFileFromOutside() {
        Document file = SIGNING.document("ảnh.bin", new byte[] {1, 2, 3});
        byte[] signed = SIGNING.sign(SIGNING.xades, file, SignatureLevel.LT, Packaging.DETACHED, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        assertThat(SIGNING.validate(signed, file).conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(SIGNING.validate(signed).signatures().getFirst().subIndication()).isEqualTo("SIGNED_DATA_NOT_FOUND");
    }

    private static Document xml() {
        return SIGNING.document("qđ.xml", XML);
    }
}
