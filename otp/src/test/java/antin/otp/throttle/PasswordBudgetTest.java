package antin.otp.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.throttle.PasswordBudget.Answer;
import antin.otp.throttle.PasswordBudget.Passed;
import antin.otp.throttle.PasswordBudget.Spent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordBudgetTest {

    private static final String HOME = "192.0.2.1";
    private static int names;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final PasswordBudget budget = new PasswordBudget(TestDatabase.client(), TestDatabase.transactions(), TestDatabase.vault(), clock, 5, Duration.ofMinutes(15));
    private final String account = Integer.toString(600_000 + ++names);

    @Test
    void passesTwoTriesOfStrangersAndKeepsTwoForTheOwner() {
        budget.right(pass(HOME));
        for (int i = 0; i < 2; i++) {
            budget.wrong(pass("198.51.100." + i));
        }
        for (int i = 2; i < 1_000; i++) {
            assertThat(budget.begin(account, "198.51." + i % 250 + "." + i / 250)).isInstanceOf(Spent.class);
        }
        budget.wrong(pass(HOME));
        budget.wrong(pass(HOME));
        assertThat(budget.begin(account, HOME)).as("the one that would lock").isInstanceOf(Spent.class);
    }

    @Test
    void passesFourTriesOfTheOwnerWhereNoStrangerCame() {
        budget.right(pass(HOME));
        for (int i = 0; i < 4; i++) {
            budget.wrong(pass(HOME));
            clock.forward(Duration.ofMinutes(1));
        }
        assertThat(waiting(HOME)).isEqualTo(Duration.ofMinutes(12));
        clock.forward(Duration.ofMinutes(12));
        budget.wrong(pass(HOME));
        assertThat(waiting(HOME)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void tellsStrangersHowLongToWait() {
        budget.wrong(pass(HOME));
        clock.forward(Duration.ofMinutes(5));
        budget.wrong(pass(HOME));
        assertThat(waiting(HOME)).isEqualTo(Duration.ofMinutes(11));
        clock.forward(Duration.ofMinutes(11));
        budget.wrong(pass(HOME));
    }

    @Test
    void countsAHundredAtOnceAsAHundred() throws Exception {
        budget.right(pass(HOME));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Answer>> tries = IntStream.range(0, 100).<Callable<Answer>>mapToObj(i -> () -> budget.begin(account, i % 2 == 0 ? HOME : "198.51.100." + i)).toList();
            List<Answer> answers = threads.invokeAll(tries).stream().map(Future::resultNow).toList();
            assertThat(answers.stream().filter(Passed.class::isInstance)).hasSize(4);
        }
    }

    /** The directory forgets them too, with a right one; but not what came while that was under way. */
    @Test
    void forgetsWithARightOneWhatTheOwnerTypedWrongBefore() {
        budget.right(pass(HOME));
        for (int i = 0; i < 2; i++) {
            budget.wrong(pass(HOME));
        }
        Passed right = pass(HOME);
        budget.wrong(pass(HOME));
        budget.right(right);
        for (int i = 0; i < 3; i++) {
            budget.wrong(pass(HOME));
        }
        assertThat(budget.begin(account, HOME)).isInstanceOf(Spent.class);
    }

    @Test
    void givesStrangersNoTryMoreWhenTheOwnerLogsIn() {
        budget.right(pass(HOME));
        budget.wrong(pass("198.51.100.1"));
        budget.wrong(pass("198.51.100.2"));
        for (int i = 0; i < 10; i++) {
            budget.right(pass(HOME));
            assertThat(budget.begin(account, "198.51.100.3")).isInstanceOf(Spent.class);
        }
    }

    @Test
    void forgetsATryThatTheDirectoryDidNotSee() {
        for (int i = 0; i < 10; i++) {
            budget.undo(pass(HOME));
        }
        assertThat(budget.begin(account, HOME)).isInstanceOf(Passed.class);
    }

    @Test
    void takesANetworkForUnknownAgainAfterAMonth() {
        budget.right(pass(HOME));
        clock.forward(Duration.ofDays(31));
        budget.wrong(pass(HOME));
        budget.wrong(pass(HOME));
        assertThat(budget.begin(account, HOME)).isInstanceOf(Spent.class);
    }

    @Test
    void sweepsWhatHasNoMoreEffect() {
        budget.right(pass(HOME));
        budget.wrong(pass(HOME));
        clock.forward(Duration.ofDays(40));
        budget.sweep();
        assertThat(TestDatabase.client().sql("SELECT (SELECT count(*) FROM password_try) + (SELECT count(*) FROM known_network)").query(Long.class).single()).isZero();
    }

    private Passed pass(String address) {
        Answer answer = budget.begin(account, address);
        assertThat(answer).isInstanceOf(Passed.class);
        return (Passed) answer;
    }

    private Duration waiting(String address) {
        Answer answer = budget.begin(account, address);
        assertThat(answer).isInstanceOf(Spent.class);
        return ((Spent) answer).rest().rest();
    }
}
