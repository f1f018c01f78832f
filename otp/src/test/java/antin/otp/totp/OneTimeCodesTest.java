package antin.otp.totp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.totp.OneTimeCodes.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

    private static final byte[] RFC_SECRET = "12345678901234567890".getBytes(US_ASCII);
    private static int people = 100_000;

    private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(59));
    private final SecondFactorStore store = new JdbcSecondFactorStore(TestDatabase.client(), TestDatabase.vault(), clock);
    private final OneTimeCodes codes = new OneTimeCodes(store, clock);
    private final String person = newPerson();

    /** RFC 6238, appendix B, mode SHA1; the RFC shows eight digits, of which six are used here. */
    @ParameterizedTest(name = "at {0} the code is {1}")
    @CsvSource({"59, 287082", "1111111109, 081804", "1111111111, 050471", "1234567890, 005924", "2000000000, 279037", "20000000000, 353130"})
    void acceptsTheCodesOfTheRfc(long time, String code) {
        clock.set(Instant.ofEpochSecond(time));
        assertThat(codes.check(person, code)).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void refusesACodeAlreadyUsed() {
        assertThat(codes.check(person, "287082")).isEqualTo(Outcome.ACCEPTED);
        assertThat(codes.check(person, "287082")).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void acceptsOneStepOfDriftEitherWayAndNotTwo() {
        Instant step = Instant.ofEpochSecond(1_111_111_109 / 30 * 30);
        for (int drift : new int[] {-60, 60, 89}) {
            clock.set(step.plusSeconds(drift));
            assertThat(codes.check(person, "081804")).as("%d s", drift).isEqualTo(Outcome.WRONG);
        }
        clock.set(step.minusSeconds(30));
        assertThat(codes.check(person, "081804")).isEqualTo(Outcome.ACCEPTED);
        clock.set(step.plusSeconds(59));
        assertThat(codes.check(person, "081804")).as("used before, still in the window").isEqualTo(Outcome.REPLAYED);
        String late = newPerson();
        assertThat(codes.check(late, "081804")).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void refusesTheCodeOfAnEarlierStepOnceALaterOneWasUsed() {
        clock.set(Instant.ofEpochSecond(1_111_111_111));
        assertThat(codes.check(person, "050471")).isEqualTo(Outcome.ACCEPTED);
        assertThat(codes.check(person, "081804")).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void acceptsACodeOnceWhenFiftyAskAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Callable<Outcome>> asks = Collections.nCopies(50, () -> codes.check(person, "287082"));
            List<Outcome> outcomes = threads.invokeAll(asks).stream().map(Future::resultNow).toList();
            assertThat(outcomes).hasSize(50).containsOnlyOnce(Outcome.ACCEPTED);
            assertThat(Collections.frequency(outcomes, Outcome.REPLAYED)).isEqualTo(49);
        }
    }

    @Test
    void takesSpacesBetweenTheDigitsAndNothingElse() {
        assertThat(codes.check(person, "287 082")).isEqualTo(Outcome.ACCEPTED);
        for (String wrong : new String[] {"", "28708", "2870820", "28708a", "２８７０８２", "-87082"}) {
            assertThat(codes.check(person, wrong)).as(wrong).isEqualTo(Outcome.WRONG);
        }
    }

    @Test
    void refusesAPersonWithoutASecondFactor() {
        assertThat(codes.check("999999", "287082")).isEqualTo(Outcome.WRONG);
    }

    @Test
    void startsAnewWithANewSecret() {
        assertThat(codes.check(person, "287082")).isEqualTo(Outcome.ACCEPTED);
        store.keep(person, RFC_SECRET);
        clock.forward(Duration.ZERO);
        assertThat(codes.check(person, "287082")).isEqualTo(Outcome.ACCEPTED);
    }

    private String newPerson() {
        String number = Integer.toString(++people);
        store.keep(number, RFC_SECRET);
        return number;
    }
}
