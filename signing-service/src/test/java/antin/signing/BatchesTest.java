package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.signing.TestClient.Part;
import antin.signing.TestReceiver.Call;
import antin.signing.batch.BatchSettings;
import antin.signing.batch.Batches;
import antin.signing.seal.Seals;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Batches from the request to the last web hook, by a receiver that fails. */
class BatchesTest {

    private static final String OPTIONS = "{\"key\":\"sample-seal-ec\",\"format\":\"XAdES\"}";
    private static final int DOCUMENTS = Integer.getInteger("antin.batch.documents", 100);
    private static final TestService SERVICE = TestService.shared();

    private final TestClient client = new TestClient(SERVICE);
    private final JdbcClient database = JdbcClient.create(SERVICE.postgres.getPostgresDatabase());

    @AfterEach
    void receiverIsWell() {
        SERVICE.receiver.failures = 0;
    }

    /** 100 in the gate; {@code -Dantin.batch.documents=10000} for the long form. */
    @Test
    void tellsEachUntilItIsTakenAndNeverAfter() {
        SERVICE.receiver.failures = 50;
        Duration patience = Duration.ofSeconds(120 + DOCUMENTS);
        long start = System.nanoTime();
        String id = made(post(OPTIONS, "documents", documents(DOCUMENTS)));
        long stored = System.nanoTime();
        await().atMost(patience).pollInterval(Duration.ofMillis(500)).until(() -> get(id).get("state").asString().equals("ended"));
        long sealed = System.nanoTime();
        await().atMost(patience).until(() -> taken(id).size() >= DOCUMENTS);
        List<Call> calls = SERVICE.receiver.of(id);
        System.out.printf("%,d documents: stored in %,d ms, sealed after %,d ms more, told after %,d ms more in %,d calls%n", DOCUMENTS, (stored - start) / 1_000_000,
            (sealed - stored) / 1_000_000, (System.nanoTime() - sealed) / 1_000_000, calls.size());
        assertThat(calls.size()).isGreaterThan(DOCUMENTS * 5 / 4);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> SERVICE.receiver.of(id).size() == calls.size());
        assertThat(taken(id)).as("taken once").doesNotHaveDuplicates();
        for (String event : new HashSet<>(taken(id))) {
            List<Call> same = calls.stream().filter(call -> call.id().equals(event)).toList();
            assertThat(same.getLast().isTaken()).as("the last try was taken").isTrue();
            assertThat(same).extracting(Call::body).containsOnly(same.getFirst().body());
        }
        assertThat(calls.stream().map(call -> call.event().at("/item/number").asInt()).distinct()).hasSize(DOCUMENTS);
        assertThat(calls).allSatisfy(call -> assertThat(call.event().get("type").asString()).isEqualTo("item.done"));
        assertThat(SERVICE.receiver.unsigned).isEmpty();
        assertThat(database.sql("SELECT count(*) FROM hook_event WHERE batch = ? AND state = 'told'").param(id).query(Integer.class).single()).isEqualTo(DOCUMENTS);
    }

    @Test
    void givesEachSealedDocumentToItsClientAlone() throws Exception {
        String id = made(post(OPTIONS, null, documents(3)));
        await().atMost(Duration.ofSeconds(60)).until(() -> get(id).get("done").asInt() == 3);
        JsonNode batch = get(id);
        assertThat(batch.get("items").get(1).get("name").asString()).isEqualTo("số 2.xml");
        HttpResponse<byte[]> document = client.send(client.request("/v1/batches/" + id + "/items/2/document", client.token()));
        assertThat(document.statusCode()).isEqualTo(200);
        assertThat(TestClient.json(client.validate(document.body())).get("conclusion").asString()).isEqualTo("valid");
        String signature = batch.get("items").get(1).get("signature").asString();
        assertThat(TestClient.json(client.send(client.request("/v1/signatures/" + signature, client.token()))).get("state").asString()).isEqualTo("done");
        String other = SERVICE.issuer.token(SERVICE.url(), "another-client", TestClient.ALL, claims -> claims, "at+jwt");
        assertThat(client.send(client.request("/v1/batches/" + id, other)).statusCode()).isEqualTo(404);
        assertThat(client.send(client.request("/v1/batches/" + id + "/items/2/document", other)).statusCode()).isEqualTo(404);
        assertThat(client.send(client.request("/v1/batches/" + id, other).DELETE()).statusCode()).isEqualTo(404);
        JsonNode page = TestClient.json(client.send(client.request("/v1/batches/" + id + "?limit=2", client.token())));
        assertThat(page.get("items").size()).isEqualTo(2);
        assertThat(page.get("next").asInt()).isEqualTo(2);
        assertThat(TestClient.json(client.send(client.request("/v1/batches/" + id + "?after=2", client.token()))).get("items").get(0).get("number").asInt()).isEqualTo(3);
        try (Stream<Path> files = Files.list(SERVICE.home.resolve("signing"))) {
            assertThat(files).isEmpty();
        }
        assertThat(database.sql("SELECT count(*) FROM batch_document WHERE item LIKE ?").param(id + "%").query(Integer.class).single()).isZero();
    }

    @Test
    void goesOnAfterARefusedDocument() {
        List<Part> parts = documents(3);
        parts.set(1, new Part("document", "broken.xml", new byte[] {1, 2, 3}));
        parts.add(new Part("document", "empty.xml", new byte[0]));
        String id = made(post(OPTIONS, "documents", parts));
        await().atMost(Duration.ofSeconds(60)).until(() -> get(id).get("state").asString().equals("ended"));
        JsonNode batch = get(id);
        assertThat(batch.get("done").asInt()).isEqualTo(2);
        assertThat(batch.get("failed").asInt()).isEqualTo(2);
        assertThat(batch.at("/items/1/problem/type").asString()).isEqualTo("/problems/malformed-document");
        assertThat(client.send(client.request("/v1/batches/" + id + "/items/2/document", client.token())).statusCode()).isEqualTo(409);
        await().atMost(Duration.ofSeconds(20)).until(() -> taken(id).size() == 4);
        assertThat(SERVICE.receiver.of(id)).anySatisfy(call -> assertThat(call.event().get("type").asString()).isEqualTo("item.failed"));
    }

    @Test
    void goesOnAfterARestartAndSealsNothingTwice() throws Exception {
        String id = made(post(OPTIONS, "documents", documents(60)));
        await().atMost(Duration.ofSeconds(60)).until(() -> get(id).get("done").asInt() >= 5);
        SERVICE.stop();
        int before = database.sql("SELECT done FROM batch WHERE id = ?").param(id).query(Integer.class).single();
        assertThat(before).isBetween(5, 59);
        // as if it had been killed after a seal was made and before its item was told so
        database.sql("UPDATE batch_item SET state = 'working', signature = NULL WHERE batch = ? AND number = 1").param(id).update();
        database.sql("INSERT INTO batch_document SELECT id, 0, 'x'::bytea FROM batch_item WHERE batch = ? AND number = 1").param(id).update();
        database.sql("UPDATE batch SET done = done - 1 WHERE id = ?").param(id).update();
        SERVICE.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> get(id).get("state").asString().equals("ended"));
        JsonNode batch = get(id);
        assertThat(batch.get("done").asInt()).isEqualTo(60);
        String audit = SERVICE.auditLog();
        for (JsonNode item : batch.get("items")) {
            String seal = item.get("signature").asString();
            assertThat(audit.lines().filter(line -> line.contains(seal) && line.contains("\"done\"")).count()).isOne();
        }
        assertThat(database.sql("SELECT count(*) FROM seal WHERE idempotency_key LIKE ? AND state = 'done'").param("batch " + id + " %").query(Integer.class).single()).isEqualTo(60);
    }

    @Test
    void forgetsAnOldBatchAndItsDocuments() {
        String id = made(post(OPTIONS, null, documents(2)));
        await().atMost(Duration.ofSeconds(60)).until(() -> get(id).get("done").asInt() == 2);
        String seal = get(id).at("/items/0/signature").asString();
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(SERVICE.postgres.getPostgresDatabase()));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        Seals seals = new Seals(database, transactions, later);
        seals.sweep();
        assertThat(client.send(client.request("/v1/batches/" + id + "/items/1/document", client.token())).statusCode()).as("longer than a day").isEqualTo(200);
        new Batches(database, transactions, seals, new BatchSettings(1, 1, 1, 1, Duration.ofDays(1)), later).sweep();
        assertThat(client.send(client.request("/v1/batches/" + id, client.token())).statusCode()).isEqualTo(404);
        assertThat(database.sql("SELECT count(*) FROM seal_result WHERE seal = ?").param(seal).query(Integer.class).single()).isZero();
        assertThat(client.send(client.request("/v1/signatures/" + seal, client.token())).statusCode()).as("that it was sealed stays").isEqualTo(200);
    }

    @Test
    void givesUpWhatIsNotBegun() {
        String id = made(post(OPTIONS, null, documents(100)));
        assertThat(client.send(client.request("/v1/batches/" + id, client.token()).DELETE()).statusCode()).isEqualTo(204);
        await().atMost(Duration.ofSeconds(30)).until(() -> get(id).get("state").asString().equals("ended"));
        JsonNode batch = get(id);
        assertThat(batch.get("cancelled").asInt()).isPositive();
        assertThat(batch.get("done").asInt() + batch.get("cancelled").asInt()).isEqualTo(100);
    }

    @Test
    void waitsWhileAPeerIsAway() throws InterruptedException {
        Thread.sleep(1_100); // an answer counts for a second
        SERVICE.pki.away.put("/ocsp", true);
        String id;
        try {
            id = made(post(OPTIONS, null, documents(4)));
            Thread.sleep(1_500);
            assertThat(get(id).get("done").asInt() + get(id).get("failed").asInt()).isZero();
        } finally {
            SERVICE.pki.away.remove("/ocsp");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> get(id).get("done").asInt() == 4);
    }

    @Test
    void answersARepeatWithTheSameBatch() {
        List<Part> parts = documents(2);
        String first = made(post(OPTIONS, null, parts, "Idempotency-Key", "batch-1"));
        assertThat(made(post(OPTIONS, null, parts, "Idempotency-Key", "batch-1"))).isEqualTo(first);
        assertThat(post(OPTIONS, null, documents(3), "Idempotency-Key", "batch-1").statusCode()).isEqualTo(409);
        assertThat(database.sql("SELECT count(*) FROM batch WHERE state = 'receiving'").query(Integer.class).single()).isZero();
    }

    @Test
    void refusesWhatTheClientMayNot() {
        assertThat(client.post("/v1/batches", client.token("sign"), new String[0], parts(OPTIONS, null, documents(1))).statusCode()).isEqualTo(403);
        assertThat(post(OPTIONS, "unknown", documents(1)).statusCode()).isEqualTo(403);
        assertThat(post(OPTIONS, null, List.of()).statusCode()).isEqualTo(400);
        assertThat(post("{\"key\":\"sample-seal-ec\",\"format\":\"no\"}", null, documents(1)).statusCode()).isEqualTo(400);
        assertThat(post(OPTIONS, null, List.of(new Part("document", "large.xml", new byte[TestService.LARGEST + 1]))).statusCode()).isEqualTo(413);
        String other = SERVICE.issuer.token(SERVICE.url(), "another-client", TestClient.ALL, claims -> claims, "at+jwt");
        assertThat(client.post("/v1/batches", other, new String[0], parts(OPTIONS, "documents", documents(1))).statusCode()).isEqualTo(403);
    }

    @Test
    void isNotHeldByASlowReceiver() {
        String slow = made(post(OPTIONS, "slow", documents(20)));
        await().atMost(Duration.ofSeconds(60)).until(() -> get(slow).get("state").asString().equals("ended"));
        String id = made(post(OPTIONS, "documents", documents(5)));
        await().atMost(Duration.ofSeconds(20)).until(() -> taken(id).size() == 5);
        assertThat(database.sql("SELECT count(*) FROM hook_event WHERE batch = ? AND state = 'waiting'").param(slow).query(Integer.class).single()).isEqualTo(20);
        database.sql("DELETE FROM hook_event WHERE batch = ?").param(slow).update();
    }

    private List<String> taken(String batch) {
        return SERVICE.receiver.of(batch).stream().filter(Call::isTaken).map(Call::id).toList();
    }

    private JsonNode get(String id) {
        return TestClient.json(client.send(client.request("/v1/batches/" + id, client.token())));
    }

    private HttpResponse<byte[]> post(String options, @Nullable String hook, List<Part> documents, String... headers) {
        return client.post("/v1/batches", client.token(), headers, parts(options, hook, documents));
    }

    private static Part[] parts(String options, @Nullable String hook, List<Part> documents) {
        List<Part> parts = new ArrayList<>(documents);
        parts.addFirst(Part.text("options", options));
        if (hook != null) {
            parts.add(Part.text("hook", hook));
        }
        return parts.toArray(new Part[0]);
    }

    private static List<Part> documents(int count) {
        return new ArrayList<>(IntStream.rangeClosed(1, count)
            .mapToObj(i -> new Part("document", "số " + i + ".xml", ("<decision number=\"" + i + "\"/>").getBytes(StandardCharsets.UTF_8))).toList());
    }

    private static String made(HttpResponse<byte[]> answer) {
        assertThat(answer.statusCode()).as(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(202);
        return TestClient.json(answer).get("id").asString();
    }
}
