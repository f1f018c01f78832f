package antin.ca.ejbca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.ejbca.TestEjbca.Answer;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

/** Revoking for good, also where approvals are on. */
class EjbcaRevocationTest extends EjbcaTestCase {

    @Test
    void revokesForGood() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        CertificateStatus first = authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        assertThat(first.revocation().orElseThrow().reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin")).as("the first one stays").isEqualTo(first);
        assertThat(ejbca.calls).anyMatch(call -> call.startsWith("PUT /v1/certificate/CN%3DIssuing%20CA%20G1%2Ftest%2CO%3DC%C3%B4ng%20ty%5C%2C%20Ltd%2CC%3DVN/"));
        BigInteger withdrawn = authority.issue(seal()).certificate().getSerialNumber();
        assertThat(authority.revoke(withdrawn, RevocationReason.PRIVILEGE_WITHDRAWN, "admin").revocation().orElseThrow().reason()).isEqualTo(RevocationReason.PRIVILEGE_WITHDRAWN);
    }

    @Test
    void takesARevocationByAnotherForDone() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> {
            if (call.contains("/revoke?")) {
                ejbca.approve(serial, "SUPERSEDED"); // somebody was faster
                return Answer.json(409, "Certificate has previously been revoked. Revocation reason could not be changed or was not allowed.");
            }
            return null;
        };
        assertThat(authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "admin").revocation().orElseThrow().reason()).isEqualTo(RevocationReason.SUPERSEDED);
    }

    @Test
    void followsARevocationThatWaitsForApprovals() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.approvals = true;
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin").revocation()).isEmpty();
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin").revocation()).as("asked again").isEmpty();
        ejbca.approve(serial, "SUPERSEDED");
        assertThat(authority.status(serial).revocation().orElseThrow().reason()).isEqualTo(RevocationReason.SUPERSEDED);
    }

    @Test
    void knowsNothingOfASerialThatWasNeverIssued() {
        assertRefused(Kind.NOT_FOUND, "never issued", () -> authority.revoke(BigInteger.valueOf(4711), RevocationReason.SUPERSEDED, "admin"));
    }

    @Test
    void saysThatTheAuthorityIsNotShown() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> call.equals("GET /v1/ca") ? new Answer(200, "application/json", "{\"certificate_authorities\":[]}") : null;
        assertRefused(Kind.PEER_UNAVAILABLE, "does not show the authority", () -> authority.status(serial));
    }

    @Test
    void tellsOnceOfAWaitingRevocationThatWasApproved() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.approvals = true;
        authority.revoke(serial, RevocationReason.SUPERSEDED, "admin");
        assertThat(authority.decided()).isEmpty();
        ejbca.approve(serial, "SUPERSEDED");
        assertThat(authority.decided()).singleElement().satisfies(decided -> {
            assertThat(decided.status().serial()).isEqualTo(serial);
            assertThat(decided.actor()).isEqualTo("admin");
        });
        assertThat(authority.decided()).isEmpty();
    }

    @Test
    void revokesForGoodWhatIsOnHold() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.approve(serial, "CERTIFICATE_HOLD");
        assertThat(authority.revoke(serial, RevocationReason.KEY_COMPROMISE, "admin").revocation().orElseThrow().reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
    }

    @Test
    void knowsHowLongACertificateLives() throws Exception {
        X509Certificate certificate = authority.issue(seal()).certificate();
        assertThat(authority.status(certificate.getSerialNumber()).notAfter()).isEqualTo(certificate.getNotAfter().toInstant());
        assertThat(authority.knows(certificate.getSerialNumber())).isTrue();
    }

    @Test
    void hasACrlMadeAfterARevocation() throws Exception {
        assertThat(authority.crl()).as("null with 200").isEmpty();
        authority.revoke(authority.issue(seal()).certificate().getSerialNumber(), RevocationReason.SUPERSEDED, "admin");
        assertThat(authority.crl()).isPresent();
    }

    @Test
    void revokesAlsoWhereOurRoleMakesNoCrls() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> call.endsWith("/createcrl") ? Answer.json(403, "Admin 'CN=raclient' is not authorized to create CRL for CA 1652389506.") : null;
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin").revocation()).isPresent();
    }

    @Test
    void looksHowItStandsWhereTheAnswerToARevocationDidNotCome() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> call.contains("/revoke?") ? Answer.json(500, "General failure.") : null;
        assertRefused(Kind.PEER_UNAVAILABLE, "Ask again", () -> authority.revoke(serial, RevocationReason.SUPERSEDED, "admin"));
        ejbca.instead = call -> {
            if (call.contains("/revoke?")) {
                ejbca.approve(serial, "SUPERSEDED");
                return Answer.json(500, "General failure.");
            }
            return null;
        };
        assertThat(authority.revoke(serial, RevocationReason.SUPERSEDED, "admin").revocation()).isPresent();
    }

    @Test
    void sendsSerialsWithoutAPrefixHoweverManyDigitsTheyHave() throws Exception {
        authority.issue(seal());
        assertRefused(Kind.NOT_FOUND, "never issued", () -> authority.status(new BigInteger("ABC", 16)));
        assertThat(ejbca.calls.getLast()).endsWith("/ABC/revocationstatus");
    }

    @Test
    void tellsAnUnknownAuthorityFromAnUnknownCertificate() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.instead = call -> call.contains("/revocationstatus") ? Answer.json(404, "CA 'CN=Nope' does not exist.") : null;
        assertRefused(Kind.MISCONFIGURED, "does not know the authority", () -> authority.status(serial));
    }

    @Test
    void followsAHoldAndAReleaseThatWaitForApprovals() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        ejbca.approvals = true;
        assertThat(authority.hold(serial, "admin").isHeld()).isFalse();
        assertThat(authority.decided()).isEmpty();
        ejbca.approve(serial, "CERTIFICATE_HOLD");
        assertThat(authority.decided()).singleElement().satisfies(decided -> {
            assertThat(decided.act()).isEqualTo("certificate.hold");
            assertThat(decided.status().isHeld()).isTrue();
        });
        assertThat(authority.release(serial, "chief").isHeld()).isTrue();
        assertThat(authority.decided()).isEmpty();
        ejbca.approve(serial, "REMOVE_FROM_CRL");
        assertThat(authority.decided()).singleElement().satisfies(decided -> {
            assertThat(decided.act()).isEqualTo("certificate.release");
            assertThat(decided.actor()).isEqualTo("chief");
        });
    }

    @Test
    void takesAHoldThatSomebodyElseReleasedMeanwhileForReleased() throws Exception {
        BigInteger serial = authority.issue(seal()).certificate().getSerialNumber();
        authority.hold(serial, "admin");
        ejbca.instead = call -> {
            if (call.contains("reason=REMOVE_FROM_CRL")) {
                ejbca.approve(serial, "REMOVE_FROM_CRL"); // somebody was faster
                return Answer.json(409, "Not allowed to unrevoke a certificate that is not on hold.");
            }
            return null;
        };
        assertThat(authority.release(serial, "admin").revocation()).isEmpty();
    }
}
