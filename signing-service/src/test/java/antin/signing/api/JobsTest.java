package antin.signing.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class JobsTest {

    @Test
    void sendsAwayWhoFindsNoPlaceInTime() throws Exception {
        Jobs jobs = new Jobs(1, Duration.ofMillis(50));
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> jobs.run(() -> {
            inside.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "done";
        }));
        inside.await();
        assertThatThrownBy(() -> jobs.run(() -> "never")).isInstanceOf(Busy.class);
        leave.countDown();
        assertThat(first.get()).isEqualTo("done");
        assertThat(jobs.run(() -> "again")).isEqualTo("again");
    }

    @Test
    void givesThePlaceBackAfterAFailure() {
        Jobs jobs = new Jobs(1, Duration.ofMillis(50));
        assertThatThrownBy(() -> jobs.run(() -> {
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThat(jobs.run(() -> "again")).isEqualTo("again");
    }
}
