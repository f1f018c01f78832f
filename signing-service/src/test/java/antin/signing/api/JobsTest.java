package antin.signing.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import antin.kernel.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JobsTest {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    @Test
    void sendsAwayWhoFindsNoPlaceInTime() throws Exception {
        Jobs jobs = new Jobs(1, 100, Duration.ofMillis(50), LONGEST);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> jobs.run("a", () -> {
            inside.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "done";
        }));
        inside.await();
        assertThatThrownBy(() -> jobs.run("a", () -> "never", 1_000)).isInstanceOf(Busy.class);
        leave.countDown();
        assertThat(first.get()).isEqualTo("done");
        assertThat(jobs.run("a", () -> "again", 1_000)).isEqualTo("again");
    }

    @Test
    void givesThePlaceBackAfterAFailure() {
        Jobs jobs = new Jobs(1, 100, Duration.ofMillis(50), LONGEST);
        assertThatThrownBy(() -> jobs.run("a", () -> {
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThat(jobs.run("a", () -> "again", 1_000)).isEqualTo("again");
    }

    @Test
    void leavesThreeQuartersToTheOthersHoweverMuchGuestsAskFor() throws Exception {
        Jobs jobs = new Jobs(4, 200, Duration.ofMillis(50), LONGEST);
        Jobs guests = jobs.share();
        try (Held large = new Held(guests, "guest", 8 << 20)) { // would take 128, and takes the quarter
            assertThatThrownBy(() -> guests.run("another guest", () -> "never", 1_000)).isInstanceOf(Busy.class);
            assertThat(jobs.run("a", () -> "beside", 8 << 20)).isEqualTo("beside");
            try (Held others = new Held(jobs, "b", 9 << 20)) { // 140 of the 150 that are left
                others.end();
            }
            large.end();
        }
        try (Held full = new Held(jobs, "a", 16 << 20)) {
            assertThatThrownBy(() -> guests.run("guest", () -> "never", 1_000)).as("within the whole").isInstanceOf(Busy.class);
            full.end();
        }
        assertThat(guests.run("guest", () -> "now", 1_000)).isEqualTo("now");
    }

    @Test
    void keepsWithinTheHeapHoweverManyPlacesThereAre() throws Exception {
        Jobs jobs = new Jobs(8, 100, Duration.ofMillis(50), LONGEST);
        try (Held large = new Held(jobs, "a", 8 << 20)) { // takes a hundred
            assertThatThrownBy(() -> jobs.run("b", () -> "never", 1_000)).isInstanceOf(Busy.class);
            assertThat(jobs.runBehind(() -> { })).isFalse();
            large.end();
        }
        assertThat(jobs.run("b", () -> "now", 1_000)).isEqualTo("now");
        assertThat(jobs.run("b", () -> "through files", 500L << 20)).isEqualTo("through files");
        assertThat(jobs.run("b", () -> "alone", 16 << 20)).as("more than all of it").isEqualTo("alone");
        assertThat(jobs.runBehind(() -> { })).isTrue();
    }

    /** Whoever asked has an answer; what it took is given back at its end and not before. */
    @Test
    void waitsForNoDocumentForever() throws Exception {
        Jobs jobs = new Jobs(2, 100, Duration.ofMillis(50), Duration.ofMillis(100));
        CountDownLatch leave = new CountDownLatch(1);
        assertThatThrownBy(() -> jobs.run("a", () -> {
            try {
                return leave.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, 1_000)).isInstanceOf(TooLong.class);
        assertThat(jobs.late()).isOne();
        assertThat(jobs.hasRoom()).isTrue();
        assertThat(jobs.run("a", () -> "beside", 1_000)).isEqualTo("beside");
        assertThat(jobs.underWay()).isOne();
        leave.countDown();
        await().untilAsserted(() -> assertThat(jobs.late()).isZero());
        assertThat(jobs.underWay()).isZero();
    }

    @Test
    void givesALargeDocumentMoreTime() {
        Jobs jobs = new Jobs(1, 100, Duration.ofMillis(50), Duration.ofMillis(1));
        assertThat(jobs.run("a", () -> {
            try {
                Thread.sleep(200);
                return "slowly";
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }, 5 << 20)).isEqualTo("slowly");
    }

    @Test
    void letsNoClientHaveAllOfIt() throws Exception {
        Jobs jobs = new Jobs(100, 10_000, Duration.ofSeconds(10), LONGEST);
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            held.add(new Held(jobs, "a", 1_000));
        }
        assertThatThrownBy(() -> jobs.run("a", () -> "never", 1_000)).isInstanceOf(Problem.class).hasMessageContaining("64 documents");
        assertThat(jobs.run("b", () -> "another", 1_000)).isEqualTo("another");
        for (Held one : held) {
            one.close();
        }
        assertThat(jobs.run("a", () -> "again", 1_000)).isEqualTo("again");
    }

    /** A job that goes on until it is ended. */
    private static final class Held implements AutoCloseable {

        private final CountDownLatch leave = new CountDownLatch(1);
        private final Thread thread;

        Held(Jobs jobs, String client, long octets) throws InterruptedException {
            CountDownLatch inside = new CountDownLatch(1);
            thread = Thread.startVirtualThread(() -> jobs.run(client, () -> {
                inside.countDown();
                try {
                    leave.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return "done";
            }, octets));
            inside.await();
        }

        void end() throws InterruptedException {
            leave.countDown();
            thread.join();
        }

        @Override
        public void close() throws InterruptedException {
            end();
        }
    }
}
