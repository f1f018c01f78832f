package antin.otp.sentcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.sentcode.SentCodes.Sending;
import antin.otp.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentCodesTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private final Vault vault = TestDatabase.vault();
    private final List<String> sent = new ArrayList<>();
    private final Destinations destinations = new Destinations(TestDatabase.client(), vault, clock);
    private final SentCodes codes = codes(Map.of(Way.MAIL, (to, text) -> sent.add(to + ' ' + text), Way.SMS, (to, text) -> sent.add(to + ' ' + text)));
    private final String person = UUID.randomUUID().toString();

    @Test
    void aCodeThatWasSentLogsInOnce() {
        confirmed(Way.MAIL, "an@ngoai.example");
        assertThat(codes.sendForLogin(person, Way.MAIL, "Mã: %s")).isEqualTo(Sending.SENT);
        assertThat(sent.getLast()).matches("an@ngoai\\.example Mã: [0-9]{8}");
        assertThat(codes.checkForLogin(person, Way.MAIL, "12345")).isFalse();
        assertThat(codes.pending(person)).contains(Way.MAIL);
        assertThat(codes.checkForLogin(UUID.randomUUID().toString(), Way.MAIL, code())).as("another person's").isFalse();
        assertThat(codes.checkForLogin(person, Way.SMS, code())).as("another way").isFalse();
        assertThat(codes.checkForLogin(person, Way.MAIL, code())).isTrue();
        assertThat(codes.checkForLogin(person, Way.MAIL, code())).as("twice").isFalse();
        assertThat(codes.pending(person)).isEmpty();
    }

    @Test
    void ofFiftyAtOnceOneGetsIn() throws Exception {
        confirmed(Way.SMS, "+84912345678");
        codes.sendForLogin(person, Way.SMS, "%s");
        Callable<Boolean> login = () -> codes.checkForLogin(person, Way.SMS, code());
        try (ExecutorService threads = Executors.newFixedThreadPool(5)) {
            int in = 0;
            for (Future<Boolean> tried : threads.invokeAll(Collections.nCopies(50, login))) {
                in += tried.get() ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
        assertThat(codes.checkForLogin(person, Way.SMS, code())).isFalse();
    }

    @Test
    void isVoidAfterFiveTriesAndAfterTenMinutes() {
        confirmed(Way.MAIL, "an@ngoai.example");
        codes.sendForLogin(person, Way.MAIL, "%s");
        for (int i = 0; i < 5; i++) {
            assertThat(codes.checkForLogin(person, Way.MAIL, "x" + i)).isFalse();
        }
        assertThat(codes.checkForLogin(person, Way.MAIL, code())).isFalse();
        clock.forward(Duration.ofMinutes(2));
        codes.sendForLogin(person, Way.MAIL, "%s");
        clock.forward(Duration.ofMinutes(10));
        assertThat(codes.checkForLogin(person, Way.MAIL, code())).isFalse();
    }

    @Test
    void sendsOneAMinuteAndSixAnHour() {
        confirmed(Way.MAIL, "an@ngoai.example");
        sent.clear();
        for (int i = 0; i < 70; i++) {
            codes.sendForLogin(person, Way.MAIL, "%s");
            codes.sendForLogin(person, Way.MAIL, "%s");
            clock.forward(Duration.ofSeconds(30));
        }
        assertThat(sent).hasSize(6);
        clock.forward(Duration.ofMinutes(30));
        assertThat(codes.sendForLogin(person, Way.MAIL, "%s")).isEqualTo(Sending.SENT);
    }

    @Test
    void aNewDestinationCountsOnceItsCodeWasTypedAndACodeForThatLogsNobodyIn() {
        confirmed(Way.MAIL, "an@ngoai.example");
        clock.forward(Duration.ofMinutes(2));
        assertThat(codes.propose(person, Way.MAIL, "binh@ngoai.example", "%s")).isEqualTo(Sending.SENT);
        assertThat(codes.checkForLogin(person, Way.MAIL, code())).isFalse();
        assertThat(destinations.confirmed(person, Way.MAIL)).contains("an@ngoai.example");
        assertThat(codes.confirm(person, Way.MAIL, "0")).isFalse();
        assertThat(codes.confirm(person, Way.MAIL, code())).isTrue();
        assertThat(destinations.confirmed(person, Way.MAIL)).contains("binh@ngoai.example");
        assertThat(codes.confirm(person, Way.MAIL, code())).isFalse();
        assertThat(destinations.masked(person)).containsExactly(Map.entry(Way.MAIL, "b•••@ngoai.example"));
        assertThat(destinations.remove(person, Way.MAIL)).isTrue();
        assertThat(codes.sendForLogin(person, Way.MAIL, "%s")).isEqualTo(Sending.NOT_NOW);
    }

    /** Who gets a code at their own address must not confirm a stranger's with it. */
    @Test
    void aCodeConfirmsOnlyTheDestinationThatItWasSentTo() {
        assertThat(codes.propose(person, Way.MAIL, "mine@ngoai.example", "%s")).isEqualTo(Sending.SENT);
        String code = code();
        assertThat(codes.propose(person, Way.MAIL, "yours@ngoai.example", "%s")).as("too soon").isEqualTo(Sending.NOT_NOW);
        assertThat(codes.confirm(person, Way.MAIL, code)).isTrue();
        assertThat(destinations.confirmed(person, Way.MAIL)).contains("mine@ngoai.example");
    }

    @Test
    void aDestinationGetsSixAnHourFromAllWhoProposeItAndItsOwnerIsNotKeptWaitingByThat() {
        confirmed(Way.SMS, "+84987000111");
        clock.forward(Duration.ofMinutes(2));
        int before = sent.size();
        for (int i = 0; i < 10; i++) {
            codes.propose(UUID.randomUUID().toString(), Way.SMS, "+84987000111", "%s");
        }
        assertThat(sent).hasSize(before + 5);
        assertThat(codes.sendForLogin(person, Way.SMS, "%s")).isEqualTo(Sending.SENT);
        clock.forward(Duration.ofHours(2));
        assertThat(codes.propose(UUID.randomUUID().toString(), Way.SMS, "+84987000111", "%s")).isEqualTo(Sending.SENT);
    }

    @Test
    void saysWhatCouldNotBeSentAndTriesNoSecondTimeWithinTheMinute() {
        List<String> tried = new ArrayList<>();
        SentCodes failing = codes(Map.of(Way.MAIL, (to, text) -> {
            tried.add(text);
            throw new Problem(Kind.PEER_UNAVAILABLE, "Away.");
        }));
        assertThat(failing.propose(person, Way.MAIL, "an@ngoai.example", "%s")).isEqualTo(Sending.FAILED);
        assertThat(failing.propose(person, Way.MAIL, "an@ngoai.example", "%s")).isEqualTo(Sending.NOT_NOW);
        clock.forward(Duration.ofSeconds(61));
        assertThat(codes.propose(person, Way.MAIL, "an@ngoai.example", "%s")).isEqualTo(Sending.SENT);
        assertThat(codes.confirm(person, Way.MAIL, tried.getFirst())).as("the one that failed is void").isFalse();
        assertThat(codes.confirm(person, Way.MAIL, code())).isTrue();
    }

    @Test
    void whatIsOffSendsNothing() {
        SentCodes off = codes(Map.of());
        assertThat(off.ways()).isEmpty();
        assertThatThrownBy(() -> off.propose(person, Way.SMS, "+84912345678", "%s")).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.NOT_FOUND));
        assertThat(off.pending(person)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MAIL, ' an@ngoai.example ', an@ngoai.example", "SMS, 0912 345 678, +84912345678", "SMS, +84 (912) 345-678, +84912345678", "SMS, +442079460958, +442079460958"})
    void readsDestinationsAsPeopleTypeThem(Way way, String typed, String kept) {
        assertThat(way.destination(typed)).contains(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "an", "an@", "@ngoai.example", "an@localhost", "an@ngoai.example\r\nBcc: x@y.example", "an@ngoai.example,binh@ngoai.example", "\"a b\"@ngoai.example",
        "Ấn@ngoai.example", "an@[127.0.0.1]"})
    void refusesOtherAddresses(String typed) {
        assertThat(Way.MAIL.destination(typed)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "912345678", "+0123456789", "+84", "113", "+84912345678901234", "0912a345678", "tel:+84912345678"})
    void refusesOtherTelephones(String typed) {
        assertThat(Way.SMS.destination(typed)).isEmpty();
    }

    private void confirmed(Way way, String destination) {
        assertThat(codes.propose(person, way, destination, "%s")).isEqualTo(Sending.SENT);
        assertThat(codes.confirm(person, way, code())).isTrue();
    }

    private String code() {
        String last = sent.getLast();
        return last.substring(last.length() - 8);
    }

    private SentCodes codes(Map<Way, CodeSender> senders) {
        return new SentCodes(TestDatabase.client(), TestDatabase.transactions(), vault, destinations, senders, clock);
    }
}
