package antin.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.kernel.SecretFile;
import antin.keys.pkcs11.HsmServer;
import antin.keys.pkcs11.SoftHsm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two HSMs with the same keys, one that is killed and one whose token is taken out; PostgreSQL, and the service itself, killed: all while clients seal, each document under its own idempotency
 * key until it has it. For a longer run: {@code -Dantin.rounds=20}.
 */
class KeysSurviveTest {

    private static final TestService SERVICE = TestService.shared();
    private static final Path CONFIGURATION = SERVICE.home.resolve("conf/signing-service.properties");
    private static final int ROUNDS = Integer.getInteger("antin.rounds", 1);
    private static final int CLIENTS = 4;
    private static final byte[] PDF = TestDocuments.pdf(1_000);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern ENDS = Pattern.compile("\"outcome\":\"([a-z]+)\".*\"x-(?:seal|use)\":\"([0-9a-f]+)\"");
    private static String before = "";
    private static int auditBefore;

    private final TestClient client = new TestClient(SERVICE);
    private final JdbcClient database = JdbcClient.create(SERVICE.postgres.getPostgresDatabase());
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final AtomicInteger documents = new AtomicInteger();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private volatile boolean mayBreakOff;

    @BeforeAll
    static void stopTheOneInThisProcess() throws IOException {
        before = Files.readString(CONFIGURATION);
        SERVICE.stop();
        auditBefore = SERVICE.auditLog().length();
        SecretFile.write(SERVICE.home.resolve("secrets/hsm.pin"), "27182818");
    }

    @AfterAll
    static void asBefore() throws IOException {
        Files.writeString(CONFIGURATION, before);
        SERVICE.start();
    }

    @Test
    void eachSealIsMadeOnceWhateverDies() throws Exception {
        Path near = Files.createDirectories(SERVICE.home.resolve("near/tokens"));
        Path nearConfiguration = Files.writeString(SERVICE.home.resolve("near/softhsm2.conf"), "directories.tokendir = " + near + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        Path socket = SERVICE.home.resolve("far.socket");
        Map<String, String> environment = Map.of("SOFTHSM2_CONF", nearConfiguration.toString(), "P11_KIT_SERVER_ADDRESS", "unix:path=" + socket);
        try (HsmServer far = new HsmServer(SERVICE.home.resolve("far"), socket).start(); ServiceProcess process = new ServiceProcess(SERVICE, environment);
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            MortalPostgres postgres = new MortalPostgres(SERVICE.postgres);
            configure("far");
            process.start().close(); // the sample's keys are made
            copy(far.tokens(), near);
            configure("far", "near");
            process.start();
            assertThat(process.ready()).contains("\"key-device-far\":\"up\"", "\"key-device-near\":\"up\"");
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(this::seal);
            }
            try {
                for (int round = 0; round < ROUNDS; round++) {
                    goesOn();
                    far.kill();
                    goesOn();
                    assertThat(process.ready()).contains("\"status\":\"ready\"", "\"keys\":\"up\"", "\"key-device-far\":\"away\"", "\"key-device-near\":\"up\"");
                    Path away = Files.move(near, near.resolveSibling("away"));
                    refuses();
                    assertThat(process.metrics()).contains("antin_key_device_up{device=\"far\"} 0.0", "antin_key_device_up{device=\"near\"} 0.0");
                    far.start();
                    goesOn();
                    Files.move(away, near);
                    await().atMost(SOON).until(() -> process.metrics().contains("antin_key_device_up{device=\"near\"} 1.0"));
                    postgres.kill();
                    refuses();
                    postgres.start();
                    goesOn();
                    mayBreakOff = true;
                    process.kill();
                    process.start();
                    mayBreakOff = false;
                    goesOn();
                }
            } finally {
                going.set(false);
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).as("every request came to its end").isTrue();
            assertThat(unexpected).isEmpty();
            everySealIsThereOnce();
            everyUseHasItsEnd();
            System.out.println(answers.size() + " seals, each once; " + refusals + " answers 503 on the way");
        } finally {
            going.set(false);
        }
    }

    private static void configure(String... devices) throws IOException {
        StringBuilder text = new StringBuilder("key-ring=pkcs11\npkcs11.devices=" + String.join(",", devices) + "\n");
        for (String device : devices) {
            text.append("pkcs11.").append(device).append(".library=").append(device.equals("far") ? HsmServer.CLIENT : SoftHsm.LIBRARY).append('\n');
            text.append("pkcs11.").append(device).append(".pin-file=secrets/hsm.pin\n");
        }
        Files.writeString(CONFIGURATION, before.replace("key-ring=pkcs12\n", text));
    }

    /** One client: a document after the other, each asked for until it is there. */
    private void seal() {
        while (going.get() && unexpected.size() < 20) {
            String key = "survives-" + documents.incrementAndGet();
            while (!answers.containsKey(key) && unexpected.size() < 20) {
                try {
                    answered(key, ask(key));
                } catch (UncheckedIOException e) {
                    if (!mayBreakOff && !e.toString().contains("refused")) {
                        unexpected.add(e.toString());
                    }
                    pause();
                }
            }
        }
    }

    private HttpResponse<byte[]> ask(String key) {
        String signer = key.hashCode() % 2 == 0 ? "sample-seal" : "sample-seal-ec";
        return client.seal("{\"key\":\"" + signer + "\",\"format\":\"PAdES\"}", PDF, key + ".pdf", "Idempotency-Key", key);
    }

    private void answered(String key, HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case 201 -> answers.put(key, answer.body());
            case 503, 409 -> {
                if (answer.headers().firstValue("Retry-After").isEmpty()) {
                    unexpected.add(answer.statusCode() + " without Retry-After: " + key + new String(answer.body(), StandardCharsets.UTF_8));
                }
                refusals.addAndGet(answer.statusCode() == 503 ? 1 : 0);
                pause();
            }
            default -> {
                unexpected.add(answer.statusCode() + " " + new String(answer.body(), StandardCharsets.UTF_8));
                pause();
            }
        }
    }

    private void goesOn() {
        int now = answers.size();
        await().atMost(SOON).until(() -> answers.size() > now + 10);
    }

    private void refuses() {
        int now = refusals.get();
        await().atMost(SOON).until(() -> refusals.get() > now + 5);
    }

    private void everySealIsThereOnce() {
        assertThat(database.sql("SELECT count(*) FROM seal WHERE idempotency_key LIKE 'survives-%' AND state = 'done'").query(Integer.class).single()).isEqualTo(answers.size());
        assertThat(database.sql("SELECT count(*) FROM seal WHERE idempotency_key LIKE 'survives-%' AND state = 'begun'").query(Integer.class).single()).isZero();
        answers.forEach((key, first) -> {
            assertThat(Arrays.equals(ask(key).body(), first)).as("a repeat of %s", key).isTrue();
            if (ROUNDS == 1 && key.endsWith("0")) {
                assertThat(TestClient.json(client.validate(first)).get("conclusion").asString()).as("%s, as every one was when it was made", key).isEqualTo("valid");
            }
        });
    }

    private static void everyUseHasItsEnd() {
        Map<String, Integer> open = new HashMap<>();
        SERVICE.auditLog().substring(auditBefore).lines().filter(line -> line.contains("\"act\":\"key.use\"")).forEach(line -> {
            Matcher matcher = ENDS.matcher(line);
            assertThat(matcher.find()).as(line).isTrue();
            open.merge(matcher.group(2), matcher.group(1).equals("begun") ? 1 : -1, Integer::sum);
        });
        assertThat(open).isNotEmpty().allSatisfy((seal, uses) -> assertThat(uses).as("open uses of %s", seal).isZero());
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
