package antin.ca;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A claim that nothing stands behind fails, wherever it is made. */
class CapabilityTest {

    /** Claims in its code that it holds certificates. */
    private static final class Boaster implements CertificateAuthority, CertificateHold {

        @Override
        public IssuedCertificate issue(CertificateRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CertificateStatus hold(BigInteger serial, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CertificateStatus release(BigInteger serial, String actor) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
        }
    }

    private abstract static class TriesNothing implements CertificateAuthorityContract {
    }

    private abstract static class TriesHolding implements CertificateHoldContract {
    }

    private abstract static class TriesIssuing implements IssuingContract {
    }

    private abstract static class TriesHoldingAndSearching implements CertificateHoldContract, CertificateSearchContract {
    }

    @Test
    void takesWhatIsClaimedInCodeAndTestAndTried() {
        assertThatCode(() -> Capability.check(new Boaster(), EnumSet.of(Capability.HOLD), TriesHolding.class)).doesNotThrowAnyException();
    }

    @Test
    void refusesWhatIsClaimedInCodeAndNotInTheTest() {
        assertFails(Set.of(), TriesNothing.class, "Boaster is a CertificateHold");
    }

    @Test
    void refusesWhatTheCodeCannot() {
        assertFails(EnumSet.of(Capability.HOLD, Capability.SEARCH, Capability.REVOKE), TriesHoldingAndSearching.class, "Boaster is a CertificateSearch");
    }

    @Test
    void refusesAClaimThatIsNotTriedAndATrialThatIsNotClaimed() {
        assertFails(EnumSet.of(Capability.HOLD, Capability.ISSUE), TriesHolding.class, "TriesHolding runs IssuingContract");
        assertFails(EnumSet.of(Capability.HOLD), TriesIssuing.class, "TriesIssuing runs");
    }

    private static void assertFails(Set<Capability> claimed, Class<?> test, String words) {
        assertThatThrownBy(() -> Capability.check(new Boaster(), claimed, test)).isInstanceOf(AssertionError.class).hasMessageContaining(words);
    }
}
