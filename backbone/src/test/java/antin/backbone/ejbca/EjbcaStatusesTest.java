package antin.backbone.ejbca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EjbcaStatusesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final BigInteger SERIAL = BigInteger.valueOf(4711);

    private final List<BigInteger> asked = new ArrayList<>();
    private Optional<Revocation> revocation = Optional.empty();
    private Optional<Kind> fault = Optional.empty();
    private final EjbcaStatuses statuses = new EjbcaStatuses(this::ejbca, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void asksOnceForLoginsThatComeTogether() {
        assertThat(statuses.find(SERIAL).orElseThrow().revocation()).isEmpty();
        statuses.find(SERIAL);
        assertThat(asked).hasSize(1);
    }

    @Test
    void seesARevocationOfOursAtOnce() {
        statuses.find(SERIAL);
        revocation = Optional.of(new Revocation(NOW, RevocationReason.KEY_COMPROMISE));
        statuses.learn(ejbca(SERIAL));
        assertThat(statuses.find(SERIAL).orElseThrow().revocation()).isPresent();
    }

    @Test
    void tellsWhatWasNeverIssuedFromAServerThatDoesNotAnswer() {
        fault = Optional.of(Kind.NOT_FOUND);
        assertThat(statuses.find(SERIAL)).isEmpty();
        fault = Optional.of(Kind.MISCONFIGURED);
        assertThatThrownBy(() -> statuses.find(BigInteger.TEN)).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.PEER_UNAVAILABLE));
    }

    private CertificateStatus ejbca(BigInteger serial) {
        asked.add(serial);
        fault.ifPresent(kind -> {
            throw new Problem(kind, "No.");
        });
        return new CertificateStatus(0, "Issuing CA G1", serial, NOW.plus(Duration.ofDays(1)), revocation);
    }
}
