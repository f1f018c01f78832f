package antin.backbone.status;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StatusMemoryTest {

    private static final Instant END = Instant.parse("2028-11-23T00:00:00Z");

    private final StatusMemory memory = new StatusMemory();
    private final Random random = new Random(7);

    @Test
    void givesBackWhatItWasTold() {
        List<CertificateStatus> told = new ArrayList<>();
        for (int i = 1; i <= 5_000; i++) {
            Optional<Revocation> revocation = i % 3 == 0
                ? Optional.of(new Revocation(END.minusSeconds(i), RevocationReason.values()[i % RevocationReason.values().length])) : Optional.empty();
            told.add(new CertificateStatus(i, i % 2 == 0 ? "persons" : "agencies", new BigInteger(1 + i % 160, random), END.plusSeconds(i), revocation));
        }
        told.forEach(memory::remember);
        for (CertificateStatus status : told.reversed().subList(0, 4_000)) { // small serials come twice
            CertificateStatus found = memory.find(status.issuer(), status.serial()).orElseThrow();
            assertThat(found.change()).isGreaterThanOrEqualTo(status.change());
            if (found.change() == status.change()) {
                assertThat(found).isEqualTo(status);
            }
        }
        assertThat(memory.find("persons", BigInteger.TEN.pow(48))).as("never told").isEmpty();
        assertThat(memory.find("root", told.getFirst().serial())).as("of another authority").isEmpty();
        List<CertificateStatus> after = new ArrayList<>();
        memory.forEachAfter(4_990, after::add);
        assertThat(after).extracting(CertificateStatus::change).containsExactlyInAnyOrder(4991L, 4992L, 4993L, 4994L, 4995L, 4996L, 4997L, 4998L, 4999L, 5000L);
    }

    @Test
    void keepsTheLaterOneAndWhatDoesNotFitIntoWords() {
        BigInteger serial = new BigInteger(152, random);
        CertificateStatus good = new CertificateStatus(5, "persons", serial, END, Optional.empty());
        CertificateStatus held = new CertificateStatus(6, "persons", serial, END, Optional.of(new Revocation(END, RevocationReason.CERTIFICATE_HOLD)));
        memory.remember(held);
        memory.remember(good);
        assertThat(memory.find("persons", serial)).hasValue(held);
        CertificateStatus released = new CertificateStatus(7, "persons", serial, END, Optional.empty());
        memory.remember(released);
        assertThat(memory.find("persons", serial)).hasValue(released);
        assertThat(memory.size()).isEqualTo(1);
        for (CertificateStatus odd : List.of(new CertificateStatus(8, "persons", BigInteger.ONE.shiftLeft(161), END, Optional.empty()),
            new CertificateStatus(9, "persons", serial, Instant.parse("9999-12-31T23:59:59Z"), Optional.empty()),
            new CertificateStatus(10, "persons", BigInteger.TWO, END.plusMillis(1), Optional.empty()))) {
            memory.remember(odd);
            assertThat(memory.find("persons", odd.serial())).hasValueSatisfying(found -> assertThat(found.change()).isGreaterThanOrEqualTo(odd.change() - 2));
        }
    }

    /** Readers take no lock, and must not see half a change. */
    @Test
    void showsWholeStatusesWhileItGrows() throws Exception {
        BigInteger serial = new BigInteger(152, random);
        memory.remember(status(1, serial));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
            Future<Long> reading = reader.submit(() -> {
                long last = 0;
                while (!done.get()) {
                    CertificateStatus found = memory.find("persons", serial).orElseThrow();
                    assertThat(found).isEqualTo(status(found.change(), serial));
                    assertThat(found.change()).isGreaterThanOrEqualTo(last);
                    last = found.change();
                }
                return last;
            });
            for (long change = 2; change < 60_000; change++) {
                memory.remember(status(change, serial));
                memory.remember(status(change, new BigInteger(152, random)));
            }
            done.set(true);
            assertThat(reading.get()).isPositive();
        }
    }

    /** The figure in docs/status.md; exact, since a table of words has a size that can be counted. */
    @Test
    void takesLessThanAHundredOctetsForACertificate() {
        for (int i = 1; i <= 100_000; i++) {
            memory.remember(status(i, new BigInteger(152, random)));
        }
        assertThat(memory.octets() / 100_000).isBetween(50L, 90L);
    }

    private static CertificateStatus status(long change, BigInteger serial) {
        return new CertificateStatus(change, "persons", serial, END.plusSeconds(change),
            change % 2 == 0 ? Optional.empty() : Optional.of(new Revocation(END.minusSeconds(change), RevocationReason.SUPERSEDED)));
    }
}
