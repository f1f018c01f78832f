package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class RestartTest {

    private static final String OPTIONS = "{\"key\":\"sample-seal-ec\",\"format\":\"PAdES\"}";

    private final TestService service = TestService.shared();
    private final TestClient client = new TestClient(service);
    private final JdbcClient database = JdbcClient.create(service.postgres.getPostgresDatabase());

    @Test
    void closesWhatACrashLeftHalfDone() throws Exception {
        ready();
        byte[] pdf = TestDocuments.pdf(2_000);
        assertThat(client.seal(OPTIONS, pdf, "a.pdf", "Idempotency-Key", "crash").statusCode()).isEqualTo(201);
        String first = database.sql("SELECT id FROM seal WHERE idempotency_key = 'crash'").query(String.class).single();
        // as if the process had been killed before the row was completed
        database.sql("UPDATE seal SET state = 'begun', ended = NULL, result_name = NULL WHERE id = ?").param(first).update();
        service.stop();
        Path left = Files.writeString(service.home.resolve("signing/left.tmp"), "a document");
        service.start();
        ready();
        assertThat(left).doesNotExist();
        assertThat(database.sql("SELECT state FROM seal WHERE id = ?").param(first).query(String.class).single()).isEqualTo("failed");
        HttpResponse<byte[]> again = client.seal(OPTIONS, pdf, "a.pdf", "Idempotency-Key", "crash");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Location")).isNotEqualTo("/v1/signatures/" + first);
    }

    @Test
    void makesAnewWhatTheDatabasesEndLeftHalfDoneWithoutARestart() {
        ready();
        byte[] pdf = TestDocuments.pdf(2_000);
        assertThat(client.seal(OPTIONS, pdf, "a.pdf", "Idempotency-Key", "half").statusCode()).isEqualTo(201);
        String first = database.sql("SELECT id FROM seal WHERE idempotency_key = 'half'").query(String.class).single();
        // as if the database had gone away before the row was completed
        database.sql("UPDATE seal SET state = 'begun', ended = NULL, result_name = NULL WHERE id = ?").param(first).update();
        HttpResponse<byte[]> again = client.seal(OPTIONS, pdf, "a.pdf", "Idempotency-Key", "half");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.headers().firstValue("Location")).isNotEqualTo(Optional.of("/v1/signatures/" + first));
        assertThat(database.sql("SELECT state FROM seal WHERE idempotency_key = 'half' ORDER BY begun").query(String.class).list()).containsExactly("failed", "done");
    }

    @Test
    void makesOneSealOfManyRequestsUnderOneKey() {
        ready();
        byte[] pdf = TestDocuments.pdf(2_000);
        List<CompletableFuture<HttpResponse<byte[]>>> answers = IntStream.range(0, 6)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> client.seal(OPTIONS, pdf, "a.pdf", "Idempotency-Key", "many"))).toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isIn(201, 409));
        assertThat(answers).anySatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(201));
        assertThat(database.sql("SELECT count(*) FROM seal WHERE idempotency_key = 'many'").query(Integer.class).single()).isOne();
    }

    @Test
    void tellsItsOperatorHowItIs() {
        ready();
        assertThat(management("/health").statusCode()).isEqualTo(200);
        client.validate(TestDocuments.pdf(1_000));
        client.validate(new byte[] {1});
        assertThat(management("/metrics").body()).contains("antin_validations_seconds", "antin_refusals_total{kind=\"malformed-document\"}");
    }

    private void ready() {
        await().atMost(Duration.ofSeconds(30)).until(() -> management("/ready").statusCode() == 200);
    }

    private HttpResponse<String> management(String path) {
        try (HttpClient plain = HttpClient.newHttpClient()) {
            return plain.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.managementPort + path)).build(), BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
