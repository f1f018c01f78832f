package antin.signing.dss;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.ValidationReport.SignatureReport;
import org.junit.jupiter.api.Test;

class ProvenTimeTest {

    @Test
    void isThatOfATrustedAuthorityAlone() {
        try (TestPki own = new TestPki(); TestPki other = new TestPki("Other")) {
            for (SignatureLevel level : new SignatureLevel[] {SignatureLevel.T, SignatureLevel.LTA}) {
                byte[] signed = new TestSigning(own).pdf(5_000, level, SignatureAlgorithm.ECDSA_SHA256, TestKey.ec(own));
                SignatureReport believed = new TestSigning(own).validate(signed).signatures().getFirst();
                assertThat(believed.provenTime()).as(level.name()).isNotNull();
                assertThat(believed.provenBy()).isNotBlank();
                SignatureReport stranger = new TestSigning(other).validate(signed).signatures().getFirst();
                assertThat(stranger.provenTime()).as("anybody can make time stamps").isNull();
                assertThat(stranger.provenBy()).isNull();
            }
        }
    }

    @Test
    void isThereForNoneAtLevelB() {
        try (TestPki pki = new TestPki()) {
            TestSigning signing = new TestSigning(pki);
            assertThat(signing.validate(signing.pdf(5_000, SignatureLevel.B, SignatureAlgorithm.ECDSA_SHA256, TestKey.ec(pki))).signatures().getFirst().provenTime()).isNull();
        }
    }
}
