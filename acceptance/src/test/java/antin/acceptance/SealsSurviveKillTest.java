package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process is killed in the middle of sealing and issuing. No seal is without its audit lines, and the ledger knows every certificate. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class SealsSurviveKillTest {

    private static final Pattern LOCATION = Pattern.compile("(?i)location: /v1/signatures/(\\S+)");
    private static final int CLIENTS = 3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"signing-service", "backbone", "ca", "postgresql"})
    void neverSealsOrIssuesWithoutATrace(String process, Antin antin) throws Exception {
        Queue<String> seals = new ConcurrentLinkedQueue<>();
        AtomicBoolean going = new AtomicBoolean(true);
        Issuing issuing = new Issuing(antin, folder);
        Path pdf = Files.write(folder.resolve("a.pdf"), Pdf.ofSize(20_000));
        SigningClient client = new SigningClient(antin, folder);
        int before = issuing.answered().size();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS + 1)) {
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> sealUntil(going, client, pdf, seals));
            }
            threads.execute(() -> issuing.until(going));
            try {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> seals.size() >= 10 && issuing.answered().size() >= before + 5);
                antin.kill(process);
            } finally {
                going.set(false);
            }
        }

        antin.up();

        String audit = Files.readString(antin.home().resolve("audit/signing-service.log"));
        assertThat(seals).isNotEmpty().allSatisfy(seal -> {
            assertThat(audit.lines().filter(line -> line.contains(seal))).as("audit of seal %s", seal).hasSizeGreaterThanOrEqualTo(2);
        });
        assertThat(issuing.answered()).isNotEmpty().allSatisfy(serial -> assertThat(issuing.status("agencies", serial)).as("status of %s", serial).isEqualTo("good"));
        assertThat(antin.run("audit", "verify").succeeds().output()).contains("ok   signing-service", "ok   ca", "ok   backbone");
        new SigningClient(antin, folder).seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"LT\"}", pdf).is(201);
    }

    private static void sealUntil(AtomicBoolean going, SigningClient client, Path pdf, Queue<String> seals) {
        while (going.get()) {
            try {
                SigningClient.Answer answer = client.seal("{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\",\"level\":\"T\"}", pdf);
                Matcher location = LOCATION.matcher(answer.headers());
                if (answer.status() == 201 && location.find()) {
                    seals.add(location.group(1));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
