package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateStatus.Revocation;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Taking back for good. */
public interface RevokingContract extends CertificateAuthorityContract {

    @Test
    default void revokesForGood() throws Exception {
        BigInteger serial = authority().issue(any()).certificate().getSerialNumber();
        Instant before = Instant.now().minusSeconds(1);
        CertificateStatus first = authority().revoke(serial, RevocationReason.KEY_COMPROMISE, "admin");
        Revocation revocation = first.revocation().orElseThrow();
        assertThat(revocation.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
        assertThat(revocation.time()).isBetween(before, Instant.now());
        assertThat(authority().revoke(serial, RevocationReason.SUPERSEDED, "admin")).as("the first one stays").isEqualTo(first);
    }

    @Test
    default void answersOneRevocationHoweverManyAskAtTheSameTime() throws Exception {
        BigInteger serial = authority().issue(any()).certificate().getSerialNumber();
        Set<CertificateStatus> statuses = new HashSet<>(CertificateAuthorityContract.inParallel(8, () -> authority().revoke(serial, RevocationReason.SUPERSEDED, "admin")));
        assertThat(statuses).hasSize(1);
    }
}
