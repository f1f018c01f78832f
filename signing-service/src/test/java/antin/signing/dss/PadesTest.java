package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.Coverage;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void reachesTheLevelAskedFor(SignatureLevel level) throws Exception {
        byte[] signed = SIGNING.pdf(1_000_000, level, SignatureAlgorithm.RSA_PSS_SHA256, RSA);
        SignatureReport report = SIGNING.validate(signed).signatures().getFirst();
        assertThat(report.conclusion()).isEqualTo(Conclusion.VALID);
        assertThat(report.format()).isEqualTo("PAdES-BASELINE-" + level);
        assertThat(report.covers()).isEqualTo(Coverage.WHOLE);
        assertThat(report.provenTime() != null).isEqualTo(level != SignatureLevel.B);
        if (System.getenv("KEEP") != null) { Files.write(Path.of(System.getenv("KEEP"), level + ".pdf"), signed); Files.write(Path.of(System.getenv("KEEP"), "root.cer"), PKI.root.certificate().getEncoded()); }
    }

    @ParameterizedTest
    @EnumSource
    void makesEachAlgorithm(SignatureAlgorithm algorithm) {
        byte[] signed = SIGNING.pdf(5_000, SignatureLevel.B, algorithm, algorithm.keyAlgorithm().equals("EC") ? EC : RSA);
        assertThat(SIGNING.validate(signed).conclusion()).isEqualTo(Conclusion.VALID);
    }
}
