package antin.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.audit.AuditVerifier.Verdict;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.TestPki;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose stamp it is, {@code antin.ca.status} tests with real ones; here a stamp is the value with one octet before it. */
class StampedHeadsTest {

    private static final Instant NOW = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final StampCheck CHECK = (sha256, stamp) -> stamp.length == 33 && stamp[0] == 1 && Arrays.equals(sha256, 0, 32, stamp, 1, 33)
        ? Optional.of(NOW.plusSeconds(1)) : Optional.empty();

    @TempDir
    private static Path keys;

    private static InternalIdentity backbone;

    @TempDir
    private Path folder;

    private boolean away;

    @BeforeAll
    static void issue() throws Exception {
        backbone = new TestPki(keys).issue("backbone", "antin:backbone");
    }

    @Test
    void tellsHowManyHeadsAreStampedAndWhen() throws Exception {
        write(stamps());
        Verdict verdict = verify(CHECK);
        assertThat(verdict.finding()).isEmpty();
        assertThat(verdict.heads()).isEqualTo(2);
        assertThat(verdict.stamps()).isEqualTo(2);
        assertThat(verdict.stamped()).hasValue(NOW.plusSeconds(1));
    }

    @Test
    void goesOnWithoutAStampWhereTheAuthorityIsAwayAndStampsTheNextHead() throws Exception {
        away = true;
        write(stamps());
        away = false;
        write(stamps());
        assertThat(verify(CHECK)).extracting(Verdict::heads, Verdict::stamps, Verdict::finding).containsExactly(4L, 2L, Optional.empty());
    }

    @Test
    void findsAStampThatIsNotOfItsHead() throws Exception {
        write(stamps());
        List<String> lines = Files.readAllLines(heads());
        Files.write(heads(), List.of(lines.get(0), lines.get(3).replace(" 6 ", " 3 "), lines.get(2)));
        assertThat(verify(CHECK).finding()).hasValue("Line 2 of backbone.heads is a time stamp that does not fit the head before it.");
        Files.write(heads(), List.of(lines.get(1), lines.get(0)));
        assertThat(verify(CHECK).finding()).hasValue("Line 1 of backbone.heads is a time stamp of no head.");
        Files.write(heads(), List.of(lines.get(0), "antin-audit-stamp backbone 3 %%%"));
        assertThat(verify(CHECK).finding()).hasValueSatisfying(finding -> assertThat(finding).startsWith("Line 2 of backbone.heads"));
    }

    /** Who took the process's key makes heads for last year, but no stamps of last year. */
    @Test
    void findsAHeadThatSaysAnotherTimeThanItsStamp() throws Exception {
        write(stamps());
        StampCheck later = (sha256, stamp) -> CHECK.time(sha256, stamp).map(time -> time.plus(Duration.ofHours(2)));
        assertThat(verify(later).finding()).hasValue(
            "Line 2 of backbone.heads says " + NOW.plusSeconds(7201) + ", and the head before it says " + NOW + ".");
    }

    @Test
    void readsStampedHeadsWhereNobodyCanCheckStamps() throws Exception {
        write(stamps());
        assertThat(new AuditVerifier(folder, keys.resolve("ca.pem")).verify("backbone")).extracting(Verdict::heads, Verdict::stamps, Verdict::finding)
            .containsExactly(2L, 0L, Optional.empty());
    }

    @Test
    void stampsTheHeadOfALogThatRestsOnceTheAuthorityIsBack() throws Exception {
        try (AuditLog log = AuditLog.open(folder, "backbone", CLOCK); AuditHeads heads = new AuditHeads(log, folder, "backbone", backbone, stamps(), CLOCK)) {
            log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
            away = true;
            heads.sign();
            heads.sign();
            assertThat(Files.readAllLines(heads())).as("one head, however often it is tried").hasSize(1);
            away = false;
            heads.sign();
            heads.sign();
        }
        assertThat(verify(CHECK)).extracting(Verdict::heads, Verdict::stamps, Verdict::finding).containsExactly(2L, 1L, Optional.empty());
    }

    @Test
    void makesNoHeadForNothingButTheLinesOfItsOwnStamp() throws Exception {
        try (AuditLog log = AuditLog.open(folder, "backbone", CLOCK)) {
            TimeStamps inTheSameLog = new TimeStamps() {
                @Override
                public Optional<byte[]> stamp(byte[] sha256) {
                    log.record(new AuditEvent("timestamp.sign", "begun", "tsa", "backbone"));
                    return stamps().stamp(sha256);
                }

                @Override
                public int linesEach() {
                    return 1;
                }
            };
            try (AuditHeads heads = new AuditHeads(log, folder, "backbone", backbone, inTheSameLog, CLOCK)) {
                log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
                heads.sign();
                heads.sign();
                assertThat(Files.readAllLines(heads())).hasSize(2);
                log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
                heads.sign();
                assertThat(Files.readAllLines(heads())).hasSize(4);
            }
        }
        assertThat(verify(CHECK).finding()).isEmpty();
    }

    @Test
    void goesOnAfterACrashInTheMiddleOfALine() throws Exception {
        write(stamps());
        Files.writeString(heads(), "antin-audit-stamp backbone 6 AAAA", StandardOpenOption.APPEND);
        write(stamps());
        assertThat(verify(CHECK)).extracting(Verdict::heads, Verdict::stamps, Verdict::finding).containsExactly(4L, 4L, Optional.empty());
    }

    /** Two heads, three lines each. */
    private void write(TimeStamps stamps) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (AuditLog log = AuditLog.open(folder, "backbone", CLOCK);
                    AuditHeads heads = new AuditHeads(log, folder, "backbone", backbone, stamps, CLOCK)) {
                for (int j = 0; j < 3; j++) {
                    log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
                }
                heads.sign();
            }
        }
    }

    private TimeStamps stamps() {
        return sha256 -> {
            byte[] stamp = new byte[33];
            stamp[0] = 1;
            System.arraycopy(sha256, 0, stamp, 1, 32);
            return away ? Optional.empty() : Optional.of(stamp);
        };
    }

    private Verdict verify(StampCheck check) {
        return new AuditVerifier(folder, keys.resolve("ca.pem"), check).verify("backbone");
    }

    private Path heads() {
        return folder.resolve("backbone.heads");
    }
}
