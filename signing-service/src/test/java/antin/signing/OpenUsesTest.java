package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.key.OpenUses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenUsesTest {

    @TempDir
    private Path folder;

    @Test
    void givesItsEndToEachUseThatHasNone() throws Exception {
        Path file = folder.resolve("signing-service.log");
        try (AuditLog audit = AuditLog.open(folder, "signing-service", Clock.systemUTC())) {
            record(audit, "begun", "seal", "1");
            record(audit, "done", "seal", "1");
            record(audit, "begun", "seal", "2");
            record(audit, "begun", "use", "3");
            record(audit, "begun", "seal", "4");
            record(audit, "failed", "seal", "4");
            record(audit, "begun", "seal", "5");
        }
        for (int start = 0; start < 2; start++) {
            try (AuditLog audit = AuditLog.open(folder, "signing-service", Clock.systemUTC())) {
                OpenUses.close(audit, file, id -> id.equals("5") ? Optional.of("00ff") : Optional.empty());
            }
        }
        List<String> ends = Files.readAllLines(file).stream().filter(line -> line.contains("PROCESS_ENDED")).toList();
        assertThat(ends).as("once, however often it starts").hasSize(2);
        assertThat(ends.get(0)).contains("\"outcome\":\"failed\",\"who\":\"documents\"", "\"x-seal\":\"2\"", "\"x-key\":\"sample-seal\"");
        assertThat(ends.get(1)).contains("\"x-use\":\"3\"");
        assertThat(Files.readAllLines(file).stream().filter(line -> line.contains("\"x-seal\":\"5\"") && line.contains("\"outcome\":\"done\"") && line.contains("00ff"))).as("stored before the end").hasSize(1);
    }

    private static void record(AuditLog audit, String outcome, String name, String id) {
        audit.record(new AuditEvent(OpenUses.ACT, outcome, "documents", "127.0.0.1", Map.of(name, id, "key", "sample-seal")));
    }
}
