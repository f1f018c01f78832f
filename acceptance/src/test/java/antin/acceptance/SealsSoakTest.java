package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.ManySeals.Sealed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Very many seals at an installation that is up: each valid, each in the audit twice, and no more memory at the end than early on. {@code ANTIN_SOAK_COUNT} says how many, 100,000 else. */
@Tag("soak")
@Tag("soak-seals")
@ExtendWith(UnderTest.class)
class SealsSoakTest {

    private static final int COUNT = Integer.parseInt(System.getenv().getOrDefault("ANTIN_SOAK_COUNT", "100000"));
    private static final int CLIENTS = 4;
    private static final Pattern LINE = Pattern.compile("\"act\":\"key.use\",\"outcome\":\"(begun|done|failed)\".*\"x-seal\":\"([^\"]+)\"");

    @Test
    void sealsManyTimesWithoutGrowingOrForgetting(Antin antin) throws Exception {
        Queue<String> seals = new ConcurrentLinkedQueue<>();
        AtomicInteger next = new AtomicInteger();
        long start = System.nanoTime();
        ProcessMemory memory = new ProcessMemory(antin, "signing-service");
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS); memory; ManySeals client = new ManySeals(antin)) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    for (int number = next.getAndIncrement(); number < COUNT; number = next.getAndIncrement()) {
                        Sealed sealed = client.seal(number);
                        assertThat(client.isValid(sealed)).as("seal %s, number %d", sealed.id(), number).isTrue();
                        seals.add(sealed.id());
                        if ((number + 1) % Math.max(1, COUNT / 4) == 0) {
                            memory.collect();
                        }
                        if ((number + 1) % 1_000 == 0) {
                            System.out.printf("%,d seals, %.1f a second, %s%n", number + 1, (number + 1) * 1e9 / (System.nanoTime() - start), memory);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> each : clients) {
                each.get();
            }
        }
        System.out.printf("%,d seals in %,d s; %s%n", seals.size(), (System.nanoTime() - start) / 1_000_000_000, memory);
        assertThat(seals).hasSize(COUNT).doesNotHaveDuplicates();
        Map<String, String> audit = audit(antin.home().resolve("audit/signing-service.log"));
        assertThat(seals).allSatisfy(seal -> assertThat(audit.get(seal)).as("audit of %s", seal).isEqualTo("begun done"));
        assertThat(memory.growth()).as("%s", memory).isLessThan(1.15);
    }

    private static Map<String, String> audit(Path log) throws IOException {
        Map<String, String> uses = new HashMap<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.forEach(line -> {
                Matcher use = LINE.matcher(line);
                if (use.find()) {
                    uses.merge(use.group(2), use.group(1), (before, now) -> before + " " + now);
                }
            });
        }
        return uses;
    }
}
