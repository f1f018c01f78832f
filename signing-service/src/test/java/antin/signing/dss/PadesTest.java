package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestDocuments;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PadesTest {

    private static final TestPki PKI = new TestPki();
    private static final TestKey RSA = TestKey.rsa(PKI);
    private static final TestKey EC = TestKey.ec(PKI);
    private static final TestSigning SIGNING = new TestSigning(PKI);

    @AfterAll
    static void stop() {
        PKI.close();
    }

    @ParameterizedTest
    @EnumSource
    void reachesTheLevelAskedFor(SignatureLevel level) {
        SignatureReport report = SIGNING.validate(SIGNING.pdf(200_000, level, SignatureAlgorithm.RSA_PSS_SHA256, RSA)).signatures().getFirst();
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(report.format()).isEqualTo("PAdES-BASELINE-" + level);
        assertThat(report.covers()).isEqualTo(Coverage.WHOLE);
        assertThat(report.provenTime() != null).isEqualTo(level != SignatureLevel.B);
    }

    @ParameterizedTest
    @EnumSource
    void makesEachAlgorithm(SignatureAlgorithm algorithm) {
        byte[] signed = SIGNING.pdf(5_000, SignatureLevel.B, algorithm, algorithm.keyAlgorithm().equals("EC") ? EC : RSA);
        assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void seesOneChangedByte() {
        byte[] signed = SIGNING.pdf(20_000, SignatureLevel.LTA, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        signed[600] ^= 1;
        SignatureReport report = SIGNING.validate(signed).signatures().getFirst();
        assertThat(report.conclusion()).isEqualTo(Conclusion.INVALID);
        assertThat(report.subIndication()).isEqualTo("HASH_FAILURE");
    }

    @Test
    void seesAPageThatWasAddedLater() throws IOException {
        byte[] signed = SIGNING.pdf(5_000, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, EC);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PDDocument document = Loader.loadPDF(signed)) {
            document.addPage(new PDPage());
            document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
            document.getPages().getCOSObject().setNeedToBeUpdated(true);
            document.saveIncremental(out);
        }
        SignatureReport report = SIGNING.validate(out.toByteArray()).signatures().getFirst();
        assertThat(report.covers()).isEqualTo(Coverage.REVISION);
        assertThat(report.conclusion()).isNotEqualTo(Conclusion.VALID);
    }

    @Test
    void countersignsWithoutBreakingTheFirst() {
        byte[] first = SIGNING.pdf(5_000, SignatureLevel.LT, SignatureAlgorithm.ECDSA_SHA256, EC);
        byte[] second = SIGNING.sign(SIGNING.pades, SIGNING.document("a.pdf", first), SignatureLevel.LTA, Packaging.ENVELOPED, SignatureAlgorithm.RSA_PSS_SHA512, RSA);
        ValidationReport report = SIGNING.validate(second);
        assertThat(report.signatures()).hasSize(2);
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void goesThroughFilesWhereTheDocumentIsLarge() {
        byte[] signed = SIGNING.pdf(9_000_000, SignatureLevel.LTA, SignatureAlgorithm.ECDSA_SHA384, EC);
        assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
    }

    @Test
    void preparesEqualRequestsAlike() {
        Instant now = Instant.now();
        byte[] pdf = TestDocuments.pdf(3_000);
        assertThat(toBeSigned(pdf, now)).isEqualTo(toBeSigned(pdf, now));
    }

    @Test
    void putsInNoValueThatIsNotTheKeys() {
        try (PreparedSignature prepared = SIGNING.pades.prepare(request(TestDocuments.pdf(3_000), Instant.now()))) {
            byte[] other = EC.sign(SignatureAlgorithm.ECDSA_SHA256, "something else".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> prepared.complete(other)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.SIGNATURE_MISMATCH));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"B", "LT"})
    void handsOutNothingWhereTheCertificateIsRevokedInTheMiddle(SignatureLevel level) {
        TestKey key = TestKey.ec(PKI);
        try (PreparedSignature prepared = SIGNING.pades.prepare(new SignatureRequest(SIGNING.document("a.pdf", TestDocuments.pdf(3_000)), level,
            Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, key.chain(), Instant.now(), null, null))) {
            PKI.revoked.put(key.certificate().getSerialNumber(), Instant.now());
            byte[] value = key.sign(SignatureAlgorithm.ECDSA_SHA256, prepared.toBeSigned());
            assertThatThrownBy(() -> prepared.complete(value))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.CERTIFICATE_UNUSABLE));
        }
    }

    private static byte[] toBeSigned(byte[] pdf, Instant time) {
        try (PreparedSignature prepared = SIGNING.pades.prepare(request(pdf, time))) {
            return prepared.toBeSigned();
        }
    }

    private static SignatureRequest request(byte[] pdf, Instant time) {
        return new SignatureRequest(SIGNING.document("a.pdf", pdf), SignatureLevel.B, Packaging.ENVELOPED, SignatureAlgorithm.ECDSA_SHA256, EC.chain(), time, null, null);
    }
}
