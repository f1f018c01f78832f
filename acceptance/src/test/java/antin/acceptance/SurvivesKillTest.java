package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import antin.acceptance.Antin.Person;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every process is killed at once while letters come in. What was acknowledged is there when all is up again. */
@ExtendWith(UnderTest.class)
class SurvivesKillTest {

    private static final List<String> PROCESSES = List.of("postgresql", "directory", "ca", "backbone", "signing-service", "mail-server");
    private static final int CONNECTIONS = 4;

    @Test
    @Tag("installation")
    void keepsEveryAcknowledgedLetterAndAuditLine(Antin antin, @TempDir Path folder) throws Exception {
        killUnderMail(antin, folder, 30);
    }

    @RepeatedTest(20)
    @Tag("soak")
    @Tag("soak-kill")
    void keepsEveryAcknowledgedLetterAndAuditLineTwentyTimes(Antin antin, @TempDir Path folder) throws Exception {
        killUnderMail(antin, folder, 20);
    }

    private static void killUnderMail(Antin antin, Path folder, int letters) throws Exception {
        Person sender = antin.people().get(2);
        Person reader = antin.people().get(3);
        MailClient outgoing = new MailClient(antin, sender, antin.appPassword(sender));
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicBoolean going = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                threads.execute(() -> {
                    while (going.get()) {
                        Letter letter = new Letter(UUID.randomUUID() + "@kill.example", sender.address(), reader.address(), "Thư số");
                        if (outgoing.send(letter).exit() == 0) {
                            acknowledged.add(letter.id());
                        }
                    }
                });
            }
            Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() >= letters);
            kill(antin);
            going.set(false);
        }

        antin.up();

        MailClient incoming = new MailClient(antin, reader, antin.appPassword(reader));
        Awaitility.await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
            String box = String.join("\n", incoming.fetchAll(Files.createTempDirectory(folder, "box")));
            assertThat(acknowledged).allSatisfy(id -> assertThat(box.contains(id)).as("letter %s", id).isTrue());
        });
        String audit = Files.readString(antin.home().resolve("audit/mail-server.log"));
        assertThat(acknowledged).allSatisfy(id -> assertThat(audit.contains(id)).as("audit line of %s", id).isTrue());
        assertThat(antin.run("audit", "verify").succeeds().output()).contains("ok   mail-server", "ok   backbone");
    }

    private static void kill(Antin antin) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-9"));
        for (String process : PROCESSES) {
            command.add(Files.readString(antin.home().resolve("run").resolve(process + ".pid")).split(" ", -1)[0]);
        }
        Tool.run(command.toArray(String[]::new)).succeeds();
    }
}
