package antin.ca.ejbca;

import antin.ca.Capability;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateHoldContract;
import antin.ca.CertificateRequest;
import antin.ca.IssuingContract;
import antin.ca.RevokingContract;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract against a server that answers as a live one did. It has no changes in order and no search by our terms, and with "Enforce unique public keys" on, as it is by
 * itself, EJBCA certifies a key once.
 */
class EjbcaCertificateAuthorityTest extends EjbcaTestCase implements IssuingContract, RevokingContract, CertificateHoldContract {

    @BeforeEach
    void issueForTwoYears() {
        ejbca.validity = Duration.ofDays(730);
    }

    @Override
    public CertificateAuthority authority() {
        return authority;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.ISSUE, Capability.REVOKE, Capability.HOLD);
    }

    @Override
    public CertificateRequest wish(String id, String profile, X500Principal subject, List<String> emails, KeyPair key) throws Exception {
        return new CertificateRequest(id, profile, subject, emails, pkcs10(key, subject, emails), "backbone");
    }
}
