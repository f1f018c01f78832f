package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.tls.PeerName;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How long an answer takes tells nobody whether a name exists: medians of 200 tries at known and at unknown names, spread over names and client addresses so that nothing is slowed
 * down, differ by less than 5 %. Known and unknown ones take turns, so that whatever else the machine does meets both; and where it does too much, they are tried up to three times,
 * all tries together, since more of them take the machine's part away and never a difference of ours.
 */
class AnswerTimesTest {

    private static final int TRIES = 200;
    private static final int ATTEMPTS = 3;
    private static final double LIMIT = 0.05;
    private static final int DIRECTORY_FORGIVES = 3; // it locks after five

    private final TestBackbone backbone = TestBackbone.shared();
    private final List<TestPerson> people = backbone.directory.people();
    private int address;

    private record Knock(int status, long nanos) {
    }

    private interface Door {
        Knock knock(String name, String address) throws Exception;
    }

    /** Other tests look at the same counters, some with a clock that is not ahead, and at the same directory, which counts for itself. */
    @AfterEach
    void forget() {
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            people.forEach(person -> directory.authenticate(person.number(), person.password()));
        }
        JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("DELETE FROM password_try").update();
    }

    @Test
    void ofTheLoginPageAreTheSameForKnownAndUnknownNames() throws Exception {
        backbone.clock.forward(Duration.ofHours(49));
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone())) {
            compare(this::page, round -> {
                backbone.clock.forward(Duration.ofMinutes(17)); // the budget for wrong passwords
                if (round % DIRECTORY_FORGIVES == 0) {
                    people.forEach(person -> directory.authenticate(person.number(), person.password()));
                }
            });
        }
    }

    @Test
    void ofMailLoginsAreTheSameForKnownAndUnknownNames() throws Exception {
        backbone.clock.forward(Duration.ofHours(49));
        try (HttpClient mailServer = HttpClient.newBuilder().sslContext(backbone.directory.mailServer().clientContext(new PeerName("antin:backbone"))).build()) {
            compare((name, from) -> {
                String question = "{\"login\":\"%s\",\"password\":\"abcde-fghij-klmno-pqrst-uvwxy\",\"scope\":\"imap\",\"address\":\"%s\"}".formatted(name, from);
                return timed(mailServer, HttpRequest.newBuilder(URI.create("https://localhost:" + backbone.internalPort + "/mail-logins")).POST(BodyPublishers.ofString(question)).build());
            }, round -> { });
        }
    }

    private void compare(Door door, IntConsumer beforeRound) throws Exception {
        List<Long> known = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        double difference = 1;
        for (int attempt = 0; attempt < ATTEMPTS && difference >= LIMIT; attempt++) {
            backbone.clock.forward(Duration.ofHours(25)); // counters of accounts begin anew
            beforeRound.accept(0);
            for (int i = 0; i < people.size(); i++) { // not counted: caches, the compiler, connections
                knock(door, people.get(i).address());
                knock(door, stranger(i));
            }
            for (int i = 0; i < TRIES; i++) {
                if (i % people.size() == 0) {
                    beforeRound.accept(1 + i / people.size());
                }
                String name = people.get(i % people.size()).address();
                boolean knownFirst = i % 2 == 0;
                long first = knock(door, knownFirst ? name : stranger(i));
                long second = knock(door, knownFirst ? stranger(i) : name);
                known.add(knownFirst ? first : second);
                unknown.add(knownFirst ? second : first);
            }
            difference = Math.abs(median(known) - median(unknown)) / Math.max(median(known), median(unknown));
        }
        assertThat(difference).as("medians of %d tries: known %.2f ms, unknown %.2f ms", known.size(), median(known) / 1e6, median(unknown) / 1e6).isLessThan(LIMIT);
    }

    /** As many as there are people, so that both are counted alike. */
    private String stranger(int i) {
        return "nguoi.la" + i % people.size() + "@city.example";
    }

    private long knock(Door door, String name) throws Exception {
        address++;
        String from = "127.1." + address / 250 + '.' + (1 + address % 250);
        Knock knock = door.knock(name, from);
        assertThat(knock.status()).as("nothing is slowed down: %s from %s", name, from).isEqualTo(401);
        return knock.nanos();
    }

    private static Knock timed(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        return new Knock(status, System.nanoTime() - start);
    }

    /** Connects from its own address and fetches the form first; only the answer to the form is timed. */
    private Knock page(String name, String from) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder().sslContext(backbone.trust()).cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL)).localAddress(InetAddress.getByName(from)).build();
        try {
            String token = TestBrowser.token(client.send(HttpRequest.newBuilder(backbone.uri("/login")).header("Accept", "text/html").build(), BodyHandlers.ofString()).body());
            HttpRequest form = HttpRequest.newBuilder(backbone.uri("/login")).header("Accept", "text/html").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(TestBrowser.form("login", name, "password", "wrong password 1", "_csrf", token))).build();
            return timed(client, form);
        } finally {
            client.shutdownNow();
        }
    }

    private static double median(List<Long> times) {
        List<Long> sorted = times.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2.0;
    }
}
