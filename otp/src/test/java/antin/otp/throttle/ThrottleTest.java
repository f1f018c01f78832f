package antin.otp.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.throttle.Throttle.Answer;
import antin.otp.throttle.Throttle.Try;
import antin.otp.throttle.Throttle.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private static int names;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final Throttle throttle = new Throttle(TestDatabase.client(), TestDatabase.transactions(), TestDatabase.vault(), clock);
    private final String account = "person" + ++names + "@city.example";

    @Test
    void letsAFewFailuresPassThenDelaysLongerAndLonger() {
        fail(account, "192.0.2.1", 5);
        for (long delay : new long[] {2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900}) {
            assertThat(waiting(account, "192.0.2.1")).isEqualTo(delay);
            clock.forward(Duration.ofSeconds(delay));
            fail(account, "192.0.2.1", 1);
        }
    }

    @Test
    void countsTriesThatComeAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> tries = Collections.nCopies(40, () -> throttle.begin(Door.PASSWORD, account, "192.0.2.1"));
            List<Answer> answers = threads.invokeAll(tries).stream().map(Future::resultNow).toList();
            assertThat(answers.stream().filter(Try.class::isInstance)).hasSize(5);
        }
    }

    @Test
    void doesNotBlockATryThatBeganEarlierAndWaitedForAnother() {
        throttle.succeeded(begin(account, "192.0.2.1"));
        begin(account, "192.0.2.1");
        clock.forward(Duration.ofMillis(-10));
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Try.class);
    }

    @Test
    void doesNotCountWhatItRefused() {
        fail(account, "192.0.2.1", 5);
        for (int i = 0; i < 100; i++) {
            assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Wait.class);
        }
        assertThat(waiting(account, "192.0.2.1")).isEqualTo(2);
    }

    @Test
    void leavesTheOwnerAlmostAloneWhenAStrangerGuesses() {
        fail(account, "198.51.100.7", 5);
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Try.class);
    }

    @Test
    void slowsDownGuessingFromManyAddressesAtOneAccountYetNotForTheOwnersKnownAddress() {
        throttle.succeeded(begin(account, "192.0.2.1"));
        for (int i = 0; i < 40; i++) {
            Answer answer = throttle.begin(Door.PASSWORD, account, "198.51.100." + i);
            if (answer instanceof Wait wait) {
                assertThat(wait.rest()).isLessThanOrEqualTo(Duration.ofSeconds(30));
            }
        }
        assertThat(throttle.begin(Door.PASSWORD, account, "198.51.100.99")).isInstanceOf(Wait.class);
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Try.class);
    }

    @Test
    void slowsDownOneAddressThatTriesManyAccountsWhateverItsOwnSuccess() {
        String own = "own-" + account;
        for (int i = 0; i < 100; i++) {
            fail("victim" + i + account, "203.0.113.9", 1);
            if (i % 10 == 0) {
                throttle.succeeded(begin(own, "203.0.113.9"));
            }
        }
        assertThat(throttle.begin(Door.PASSWORD, "next" + account, "203.0.113.9")).isInstanceOf(Wait.class);
        assertThat(throttle.begin(Door.PASSWORD, own, "203.0.113.9")).as("who logged in from there before").isInstanceOf(Try.class);
    }

    @Test
    void startsAnewAfterSuccess() {
        fail(account, "192.0.2.1", 4);
        throttle.succeeded(begin(account, "192.0.2.1"));
        fail(account, "192.0.2.1", 5);
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Wait.class);
    }

    @Test
    void forgetsATryThatWasNoGuess() {
        for (int i = 0; i < 30; i++) {
            throttle.undo(begin(account, "192.0.2.1"));
        }
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Try.class);
    }

    @Test
    void countsEachDoorForItself() {
        fail(account, "192.0.2.1", 5);
        assertThat(throttle.begin(Door.MAIL, account, "192.0.2.1")).isInstanceOf(Try.class);
    }

    @Test
    void takesAWholeIpv6NetworkForOneAddress() {
        for (int i = 0; i < 5; i++) {
            begin(account, "2001:db8:1:2::" + i);
        }
        assertThat(throttle.begin(Door.PASSWORD, account, "2001:db8:1:2:ffff::1")).isInstanceOf(Wait.class);
        assertThat(throttle.begin(Door.PASSWORD, account, "2001:db8:1:3::1")).isInstanceOf(Try.class);
    }

    @Test
    void forgetsFailuresAfterADay() {
        fail(account, "192.0.2.1", 5);
        clock.forward(Duration.ofHours(25));
        fail(account, "192.0.2.1", 4);
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Try.class);
    }

    @Test
    void treatsANameAlikeInAnyCaseAndKeepsNoneInTheClear() {
        fail(account.toUpperCase(Locale.ROOT) + " ", "192.0.2.1", 5);
        assertThat(throttle.begin(Door.PASSWORD, account, "192.0.2.1")).isInstanceOf(Wait.class);
        assertThat(TestDatabase.client().sql("SELECT encode(key, 'escape') FROM throttle").query(String.class).list())
            .noneMatch(key -> key.contains("person"));
    }

    @Test
    void slowsOneAddressDownThatGuessesDevicesCodesAtManyAccounts() {
        for (int i = 0; i < 20; i++) {
            assertThat(throttle.begin(Door.USER_CODE, account + i, "198.51.100.77")).isInstanceOf(Try.class);
        }
        assertThat(throttle.begin(Door.USER_CODE, account + "another", "198.51.100.77")).isInstanceOf(Wait.class);
        assertThat(throttle.begin(Door.USER_CODE, account + "another", "198.51.100.78")).as("elsewhere").isInstanceOf(Try.class);
        assertThat(throttle.begin(Door.PASSWORD, account + "another", "198.51.100.77")).as("another door").isInstanceOf(Try.class);
    }

    private void fail(String name, String address, int times) {
        for (int i = 0; i < times; i++) {
            begin(name, address);
        }
    }

    private Try begin(String name, String address) {
        Answer answer = throttle.begin(Door.PASSWORD, name, address);
        assertThat(answer).isInstanceOf(Try.class);
        return (Try) answer;
    }

    private long waiting(String name, String address) {
        Answer answer = throttle.begin(Door.PASSWORD, name, address);
        assertThat(answer).isInstanceOf(Wait.class);
        return ((Wait) answer).seconds();
    }
}
