package antin.otp.factor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.factor.OneTimeCodes.Outcome;
import antin.otp.vault.Vault;
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

/** How somebody comes to a factor: devices, backup codes, tickets. */
class EnrolmentsTest {

    private static final Vault VAULT = TestDatabase.vault();
    private static int people = 500_000;

    private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_800_000_000));
    private final Devices devices = new Devices(TestDatabase.client(), VAULT, clock);
    private final OneTimeCodes codes = new OneTimeCodes(devices, clock);
    private final Enrolments enrolments = new Enrolments(TestDatabase.client(), VAULT, devices, codes, clock);
    private final BackupCodes backupCodes = new BackupCodes(TestDatabase.client(), TestDatabase.transactions(), VAULT, clock);
    private final EnrolmentTickets tickets = new EnrolmentTickets(TestDatabase.client(), VAULT, clock);
    private final String person = Integer.toString(++people);

    @Test
    void countsADeviceOnlyOnceItsCodeWasTyped() {
        byte[] secret = enrolments.begin(person, DeviceKind.TOTP).secret();
        assertThat(enrolments.begin(person, DeviceKind.TOTP).secret()).as("after a reload").isEqualTo(secret);
        String code = new CodeMaker().code(secret, CodeMaker.step(clock.instant()));
        assertThat(codes.check(person, code)).isEqualTo(Outcome.WRONG);
        assertThat(enrolments.confirm(person, "Phone", "000000")).isEmpty();
        assertThat(enrolments.confirm(person, "Phone", code)).isPresent();
        assertThat(codes.check(person, code)).as("it confirmed, which is a use").isEqualTo(Outcome.REPLAYED);
        assertThat(enrolments.confirm(person, "Phone", code)).as("nothing is begun").isEmpty();
        clock.forward(Duration.ofSeconds(30));
        assertThat(codes.check(person, new CodeMaker().code(secret, CodeMaker.step(clock.instant())))).isEqualTo(Outcome.ACCEPTED);
    }

    @Test
    void forgetsWhatWasBegunAQuarterOfAnHourAgoAndKeepsItSealed() {
        byte[] secret = enrolments.begin(person, DeviceKind.HOTP).secret();
        String stored = new String(TestDatabase.client().sql("SELECT sealed FROM factor_enrolment WHERE person = ?").param(person).query((row, number) -> row.getBytes(1)).single(), ISO_8859_1);
        assertThat(stored).doesNotContain(new String(secret, ISO_8859_1));
        clock.forward(Duration.ofMinutes(16));
        assertThat(enrolments.confirm(person, "Token", new CodeMaker().code(secret, 0))).isEmpty();
        assertThat(enrolments.begin(person, DeviceKind.HOTP).secret()).isNotEqualTo(secret);
    }

    @Test
    void drawsWhatAnAppReads() {
        Enrolments.Begun begun = enrolments.begin(person, DeviceKind.HOTP);
        assertThat(begun.uri("an@city.example")).startsWith("otpauth://hotp/%E1%BA%A4n%20T%C3%ADn:an%40city.example?secret=").endsWith("&counter=0");
        assertThat(begun.text()).matches("([A-Z2-7]{4} ?){8}");
        assertThat(QrPicture.of(begun.uri("an@city.example")).path()).startsWith("M4 4h1v1h-1z");
    }

    @Test
    void acceptsEachBackupCodeOnceAlsoWhenFiftyAskAtOnce() throws Exception {
        List<String> issued = backupCodes.issue(person);
        assertThat(issued).hasSize(10).doesNotHaveDuplicates().allMatch(code -> code.matches("[a-z2-7]{5}-[a-z2-7]{5}"));
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Callable<Outcome>> asks = Collections.nCopies(50, () -> backupCodes.check(person, issued.getFirst().toUpperCase(Locale.ROOT)));
            assertThat(threads.invokeAll(asks).stream().map(Future::resultNow).toList()).containsOnlyOnce(Outcome.ACCEPTED).contains(Outcome.REPLAYED);
        }
        assertThat(backupCodes.left(person)).isEqualTo(9);
        assertThat(backupCodes.check("other", issued.get(1))).as("another person's").isEqualTo(Outcome.WRONG);
        backupCodes.issue(person);
        assertThat(backupCodes.check(person, issued.get(2))).as("of the former set").isEqualTo(Outcome.WRONG);
    }

    @Test
    void admitsATicketForItsPersonUntilItIsUsed() {
        String ticket = tickets.issue(person);
        assertThat(ticket.replace("-", "")).hasSize(26);
        assertThat(tickets.admits(person, ticket)).isTrue();
        assertThat(tickets.admits("other", ticket)).isFalse();
        assertThat(tickets.use(person)).isTrue();
        assertThat(tickets.use(person)).isFalse();
        assertThat(tickets.admits(person, ticket)).isFalse();
        String late = tickets.issue(person);
        clock.forward(Duration.ofHours(25));
        assertThat(tickets.admits(person, late)).isFalse();
        assertThat(tickets.use(person)).isFalse();
    }
}
