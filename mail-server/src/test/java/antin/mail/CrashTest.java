package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What was acknowledged is kept: at least once over a crash, exactly once without one. */
class CrashTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final int LETTERS = 200;

    @Test
    void everyLetterAcknowledgedBeforeKill9IsThereAfterwards() throws Exception {
        String run = "crash-" + System.nanoTime() + '-';
        String to = INSTALLATION.directory.people().get(11).address();
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService senders = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                senders.execute(() -> sendUntilTheEnd(run, to, next, acknowledged));
            }
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(() -> acknowledged.size() >= LETTERS / 2);
            INSTALLATION.kill();
            senders.shutdown();
            assertThat(senders.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        INSTALLATION.start();

        TestClient reader = new TestClient(INSTALLATION, to);
        List<String> arrived = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            arrived.clear();
            reader.subjects("imaps").stream().filter(subject -> subject.startsWith(run)).forEach(arrived::add);
            assertThat(arrived.stream().map(subject -> Integer.valueOf(subject.substring(run.length()))).collect(Collectors.toSet()))
                .containsAll(acknowledged);
        });
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(LETTERS / 2);
        // Twice is only what was between mailbox and queue when the process died: no more than are under way at once.
        assertThat(arrived.size() - Set.copyOf(arrived).size()).isLessThanOrEqualTo(4);
    }

    @Test
    void sigtermEndsItCleanlyInAFewSeconds() throws Exception {
        assertThat(INSTALLATION.stop(Duration.ofSeconds(10))).isTrue();

        INSTALLATION.start();
    }

    private static void sendUntilTheEnd(String run, String to, AtomicInteger next, Set<Integer> acknowledged) {
        try (Wire wire = Wire.open(INSTALLATION.port("smtp"))) {
            wire.answer();
            wire.ask("EHLO test");
            for (int letter = next.getAndIncrement(); letter < LETTERS; letter = next.getAndIncrement()) {
                wire.ask("MAIL FROM:<stranger@elsewhere.example>");
                wire.ask("RCPT TO:<" + to + ">");
                wire.ask("DATA");
                if (wire.ask("From: stranger@elsewhere.example\r\nSubject: " + run + letter + "\r\n\r\ntext\r\n.").startsWith("250")) {
                    acknowledged.add(letter);
                }
            }
        } catch (IOException e) {
            // the process was killed: expected
        }
    }
}
