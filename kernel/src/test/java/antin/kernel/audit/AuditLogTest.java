package antin.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

    private static final AuditEvent EVENT = new AuditEvent("login.code", "accepted", "100001", "203.0.113.7", Map.of("name", "Nguyễn \"Ấn\"\n\u2028"));

    @TempDir
    private Path folder;

    @Test
    void chainsLinesAcrossRestarts() throws IOException {
        write(2);
        write(3);
        assertThat(lines()).hasSize(5).allSatisfy(line -> assertThat(line).contains("Nguyễn \\\"Ấn\\\"\\u000a\\u2028"));
        assertThat(lines().get(4)).contains("{\"seq\":5,");
    }

    @Test
    void removesALineThatACrashCutOff() throws IOException {
        write(2);
        Files.writeString(file(), "0123 {\"seq\":3,\"ti", StandardOpenOption.APPEND);
        write(1);
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(2)).contains("{\"seq\":3,").endsWith("}");
    }

    @Test
    void keepsEveryLineOfManyThreadsInOneChain() throws Exception {
        try (AuditLog log = open(); ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Callable<AuditHead>> acts = IntStream.range(0, 2_000).<Callable<AuditHead>>mapToObj(i -> () -> log.record(EVENT)).toList();
            assertThat(threads.invokeAll(acts)).extracting(done -> done.get().sequence()).doesNotHaveDuplicates();
            assertThat(log.head().sequence()).isEqualTo(2_000);
        }
        String previous = AuditChain.ORIGIN;
        for (String line : lines()) {
            String expected = AuditChain.link(previous, line.substring(65));
            assertThat(line).startsWith(expected);
            previous = expected;
        }
    }

    @Test
    void letsOneProcessWriteOnly() throws IOException {
        try (AuditLog log = open()) {
            assertThat(log.head().sequence()).isZero();
            assertThatThrownBy(this::open).isInstanceOfAny(Problem.class, java.nio.channels.OverlappingFileLockException.class);
        }
    }

    @Test
    void refusesToGoOnAfterADamagedLine() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(file(), "not a line\n");
        assertThatThrownBy(this::open).isInstanceOf(Problem.class).hasMessageContaining("audit verify");
    }

    private void write(int events) throws IOException {
        try (AuditLog log = open()) {
            for (int i = 0; i < events; i++) {
                log.record(EVENT);
            }
        }
    }

    private AuditLog open() throws IOException {
        return AuditLog.open(folder, "backbone", Clock.systemUTC());
    }

    private Path file() {
        return folder.resolve("backbone.log");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }
}
