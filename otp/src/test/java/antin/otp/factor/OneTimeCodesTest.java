package antin.otp.factor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.factor.OneTimeCodes.Outcome;
import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneTimeCodesTest {

    private static final byte[] RFC_SECRET = "12345678901234567890".getBytes(US_ASCII);
    private static final Vault VAULT = TestDatabase.vault();
    private static int people = 100_000;

    private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(59));
    private final Devices devices = new Devices(TestDatabase.client(), VAULT, clock);
    private final OneTimeCodes codes = new OneTimeCodes(devices, clock);
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

    /** RFC 4226, appendix D. */
    @ParameterizedTest(name = "at counter {0} the code is {1}")
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "3, 969429", "4, 338314", "5, 254676", "6, 287922", "7, 162583", "8, 399871", "9, 520489"})
    void acceptsTheCountersCodesOfTheRfc(long counter, String code) {
        String owner = newToken();
        assertThat(codes.check(owner, code)).isEqualTo(Outcome.ACCEPTED);
        assertThat(devices.list(owner).getFirst().last()).isEqualTo(counter);
        assertThat(codes.check(owner, code)).isEqualTo(Outcome.REPLAYED);
    }

    @Test
    void neverGoesBackToAnEarlierCounter() {
        String owner = newToken();
        assertThat(codes.check(owner, "254676")).as("counter 5").isEqualTo(Outcome.ACCEPTED);
        assertThat(codes.check(owner, "338314")).as("counter 4").isEqualTo(Outcome.WRONG);
        assertThat(codes.check(owner, "287922")).as("counter 6").isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void findsATokenThatRanAheadByTwoCodesThatFollowEachOther() {
        String owner = newToken();
        Device device = devices.list(owner).getFirst();
        CodeMaker maker = new CodeMaker();
        String far = maker.code(RFC_SECRET, 60);
        assertThat(codes.check(owner, far)).isEqualTo(Outcome.WRONG);
        assertThat(codes.resync(owner, device.id(), far, maker.code(RFC_SECRET, 62))).isFalse();
        assertThat(codes.resync("other", device.id(), far, maker.code(RFC_SECRET, 61))).isFalse();
        assertThat(codes.resync(owner, device.id(), far, maker.code(RFC_SECRET, 61))).isTrue();
        assertThat(codes.check(owner, maker.code(RFC_SECRET, 61))).as("used by that").isEqualTo(Outcome.REPLAYED);
        assertThat(codes.check(owner, maker.code(RFC_SECRET, 62))).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void takesTheCodeOfAnyDeviceOfAPersonAndCountsEachByItself() {
        byte[] other = "another secret of 20".getBytes(US_ASCII);
        devices.add(person, DeviceKind.TOTP, "Tablet", other, -1);
        String code = new CodeMaker().code(other, 1);
        assertThat(codes.check(person, "287082")).isEqualTo(Outcome.ACCEPTED);
        assertThat(codes.check(person, code)).isEqualTo(Outcome.ACCEPTED);
        assertThat(codes.check(person, code)).isEqualTo(Outcome.REPLAYED);
        assertThat(codes.check(newPerson(), code)).as("another person's").isEqualTo(Outcome.WRONG);
    }

    @Test
    void opensASecretThatWasSealedWhenThereWasOneAPerson() {
        Sealed sealed = VAULT.seal("totp", "777001", RFC_SECRET);
        TestDatabase.client().sql("INSERT INTO factor (id, person, kind, name, key_id, sealed, former, last, created) VALUES (gen_random_uuid(), '777001', 'totp', 'x', ?, ?, true, 0, now())")
            .params(sealed.keyId(), sealed.bytes()).update();
        assertThat(codes.check("777001", "287082")).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void doesNotOpenASecretThatWasMovedToAnotherPerson() {
        TestDatabase.client().sql("UPDATE factor SET person = '777002' WHERE person = ?").param(person).update();
        assertThatThrownBy(() -> codes.check("777002", "287082")).isInstanceOf(Problem.class);
    }

    @Test
    void understandsOathtool() throws Exception {
        for (DeviceKind kind : DeviceKind.values()) {
            Process process;
            try {
                process = new ProcessBuilder("oathtool", kind == DeviceKind.TOTP ? "--totp" : "--hotp", "--counter=3", "--now=1970-01-01 00:00:59 UTC", HexFormat.of().formatHex(RFC_SECRET)).start();
            } catch (IOException e) {
                Assumptions.abort("oathtool is not installed");
                return;
            }
            String code = new String(process.getInputStream().readAllBytes(), US_ASCII).strip();
            assertThat(codes.check(kind == DeviceKind.TOTP ? newPerson() : newToken(), code)).as(code).isEqualTo(Outcome.ACCEPTED);
        }
    }

    private String newToken() {
        String number = Integer.toString(++people);
        devices.add(number, DeviceKind.HOTP, "Token", RFC_SECRET, -1);
        return number;
    }

    private String newPerson() {
        String number = Integer.toString(++people);
        devices.add(number, DeviceKind.TOTP, "Phone", RFC_SECRET, -1);
        return number;
    }
}
