package antin.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditStrangeTextTest {

    /** U+0085 counts as a line end for a pattern's dot: a name with it kept the process from starting again. */
    @Test
    void opensAgainAfterANameWithEveryStrangeCharacter(@TempDir Path folder) throws Exception {
        String strange = IntStream.rangeClosed(0, 0x17f).mapToObj(Character::toString).collect(Collectors.joining()) + "\u2028\u2029\ud800 ấn";
        try (AuditLog log = AuditLog.open(folder, "test", Clock.systemUTC())) {
            log.record(new AuditEvent("act", "done", strange, "here", Map.of("name", strange)));
        }
        assertThat(Files.readString(folder.resolve("test.log")).chars().filter(c -> c != '\n' && Character.isISOControl(c))).isEmpty();
        try (AuditLog log = AuditLog.open(folder, "test", Clock.systemUTC())) {
            assertThat(log.head().sequence()).isEqualTo(1);
        }
    }
}
