package antin.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.audit.AuditVerifier.Verdict;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.TestPki;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {

    @TempDir
    private static Path keys;

    private static InternalIdentity backbone;
    private static InternalIdentity ca;

    @TempDir
    private Path folder;

    @BeforeAll
    static void issue() throws Exception {
        TestPki pki = new TestPki(keys);
        backbone = pki.issue("backbone", "antin:backbone");
        ca = pki.issue("other", "antin:ca");
    }

    /** Six lines, with signed heads at lines 3 and 6. */
    @BeforeEach
    void write() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (AuditLog log = AuditLog.open(folder, "backbone", Clock.systemUTC());
                    AuditHeads heads = new AuditHeads(log, folder, "backbone", backbone, TimeStamps.NONE, Clock.systemUTC())) {
                for (int j = 0; j < 3; j++) {
                    log.record(new AuditEvent("login.code", "accepted", "100001", "203.0.113.7"));
                }
                heads.sign();
            }
        }
    }

    @Test
    void findsNothingInAnIntactLog() {
        Verdict verdict = verify();
        assertThat(verdict.finding()).isEmpty();
        assertThat(verdict.lines()).isEqualTo(6);
        assertThat(verdict.heads()).isEqualTo(2);
    }

    @Test
    void namesTheLineThatWasChanged() throws IOException {
        List<String> lines = lines();
        lines.set(3, lines.get(3).replace("accepted", "refused"));
        Files.write(log(), lines);
        assertThat(verify().finding()).hasValue("Line 4 of backbone.log does not follow from the line before it.");
    }

    @Test
    void seesALineThatWasTakenOut() throws IOException {
        List<String> lines = lines();
        lines.remove(1);
        Files.write(log(), lines);
        assertThat(verify().finding()).hasValueSatisfying(finding -> assertThat(finding).startsWith("Line 2 of backbone.log"));
    }

    @Test
    void seesALogCutShort() throws IOException {
        Files.write(log(), lines().subList(0, 5));
        assertThat(verify().finding()).hasValue("Line 6 of backbone.log is missing: a signed head names line 6.");
    }

    @Test
    void seesALogMadeAnew() throws IOException {
        Files.delete(log());
        try (AuditLog log = AuditLog.open(folder, "backbone", Clock.systemUTC())) {
            for (int i = 0; i < 8; i++) {
                log.record(new AuditEvent("login.code", "accepted", "100002", "203.0.113.7"));
            }
        }
        assertThat(verify().finding()).hasValueSatisfying(finding -> assertThat(finding).startsWith("Line 3 of backbone.log does not fit the head"));
    }

    @Test
    void believesNoHeadSignedByAnotherProcess() throws Exception {
        try (AuditLog log = AuditLog.open(folder, "backbone", Clock.systemUTC());
                AuditHeads heads = new AuditHeads(log, folder, "backbone", ca, TimeStamps.NONE, Clock.systemUTC())) {
            heads.sign();
        }
        assertThat(verify().finding()).hasValue("Line 3 of backbone.heads is a head that is not signed by backbone.");
    }

    @Test
    void passesOverALineThatACrashCutOff() throws IOException {
        Files.writeString(log(), "00 {\"seq\":7", StandardOpenOption.APPEND);
        assertThat(verify().finding()).isEmpty();
    }

    private Verdict verify() {
        try {
            return new AuditVerifier(folder, keys.resolve("ca.pem")).verifyAll().getFirst();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("backbone.log");
    }

    private List<String> lines() throws IOException {
        return new ArrayList<>(Files.readAllLines(log()));
    }
}
