package antin.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.status.ClockState.Verdict;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real server on UDP that answers what the test wants. */
class ClockWatchTest {

    private static final Duration TOLERANCE = Duration.ofMillis(500);
    private static final long FROM_1900 = 2_208_988_800L;

    private final Steered clock = new Steered();
    private DatagramSocket server;
    private volatile Duration wrong = Duration.ZERO;
    private volatile int first = 0x24;
    private volatile int stratum = 2;
    private volatile boolean echoes = true;
    private volatile boolean silent;

    /** The wall clock and the steady count, each moved by itself. */
    private static final class Steered extends Clock {

        private volatile Duration step = Duration.ZERO;
        private volatile Duration slept = Duration.ZERO;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(step).plus(slept);
        }

        long nanos() {
            return System.nanoTime() + slept.toNanos();
        }
    }

    @BeforeEach
    void serve() throws Exception {
        server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    DatagramPacket packet = new DatagramPacket(new byte[48], 48);
                    server.receive(packet);
                    if (!silent) {
                        server.send(answer(packet));
                    }
                }
            } catch (java.io.IOException e) {
                // the test ended
            }
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void trustsAClockThatATimeServerVouchesFor() {
        ClockWatch watch = watch();
        assertThat(watch.get().verdict()).as("before any comparison").isEqualTo(Verdict.UNVOUCHED);
        watch.tend();
        assertThat(watch.get().isGood()).isTrue();
        assertThat(watch.get().verdict()).isEqualTo(Verdict.TRUSTED);
        assertThat(watch.get().offset().orElseThrow().abs()).isLessThan(Duration.ofMillis(400));
    }

    @Test
    void refusesOnceItDriftedAndAgreesAgainOnceItIsRight() {
        wrong = Duration.ofSeconds(2);
        ClockWatch watch = watch();
        watch.tend();
        assertThat(watch.get().verdict()).isEqualTo(Verdict.DRIFTED);
        assertThat(watch.get().offset().orElseThrow()).isBetween(Duration.ofMillis(1_600), Duration.ofMillis(2_400));
        wrong = Duration.ZERO;
        clock.slept = ClockWatch.COMPARED_EVERY;
        wrong = ClockWatch.COMPARED_EVERY;
        watch.tend();
        assertThat(watch.get().verdict()).isEqualTo(Verdict.TRUSTED);
    }

    @Test
    void seesAStepEitherWayAtOnceAndAsksWhetherItWasRight() {
        for (Duration step : List.of(Duration.ofHours(-1), Duration.ofHours(1))) {
            clock.step = Duration.ZERO;
            wrong = Duration.ZERO;
            clock.slept = Duration.ZERO;
            ClockWatch watch = watch();
            watch.tend();
            clock.step = step;
            assertThat(watch.get().verdict()).isEqualTo(Verdict.STEPPED);
            clock.slept = ClockWatch.ASKED_AGAIN;
            watch.tend();
            assertThat(watch.get().isGood()).as("the server does not agree").isFalse();
            wrong = step.plus(ClockWatch.ASKED_AGAIN.multipliedBy(2));
            clock.slept = ClockWatch.ASKED_AGAIN.multipliedBy(2);
            watch.tend();
            assertThat(watch.get().verdict()).as("it does").isEqualTo(Verdict.TRUSTED);
        }
    }

    @Test
    void withoutServersRefusesAfterAStepBackUntilNoStampCanBeEarlierThanOneOfBefore() {
        ClockWatch watch = new ClockWatch(clock, clock::nanos, TOLERANCE, List.of(), server -> Optional.empty());
        assertThat(watch.get().verdict()).isEqualTo(Verdict.UNCOMPARED);
        clock.step = Duration.ofMinutes(-10);
        assertThat(watch.get().verdict()).isEqualTo(Verdict.STEPPED);
        clock.slept = Duration.ofMinutes(9);
        assertThat(watch.get().isGood()).isFalse();
        clock.slept = Duration.ofMinutes(11);
        assertThat(watch.get().isGood()).isTrue();
        clock.step = Duration.ofDays(1);
        assertThat(watch.get().isGood()).as("a step forward may be a sleep").isTrue();
    }

    @Test
    void believesNoServerThatIsUnsynchronizedSaysGoodbyeOrAnswersAnotherQuestion() {
        first = 0xe4;
        assertNobodyVouches();
        first = 0x23;
        assertNobodyVouches();
        first = 0x24;
        stratum = 0;
        assertNobodyVouches();
        stratum = 16;
        assertNobodyVouches();
        stratum = 2;
        echoes = false;
        assertNobodyVouches();
    }

    @Test
    void goesOnForAnHourWhileNoServerAnswers() {
        ClockWatch watch = watch();
        watch.tend();
        silent = true;
        clock.slept = Duration.ofMinutes(59);
        watch.tend();
        assertThat(watch.get().verdict()).isEqualTo(Verdict.TRUSTED);
        clock.slept = Duration.ofMinutes(61);
        assertThat(watch.get().verdict()).isEqualTo(Verdict.UNVOUCHED);
    }

    private void assertNobodyVouches() {
        ClockWatch watch = watch();
        watch.tend();
        assertThat(watch.get().verdict()).isEqualTo(Verdict.UNVOUCHED);
    }

    private ClockWatch watch() {
        return new ClockWatch(clock, clock::nanos, TOLERANCE, List.of(new InetSocketAddress("127.0.0.1", server.getLocalPort())), new SntpClient(clock)::offset);
    }

    private DatagramPacket answer(DatagramPacket question) {
        ByteBuffer answer = ByteBuffer.allocate(48);
        answer.put(0, (byte) first).put(1, (byte) stratum).putLong(24, ByteBuffer.wrap(question.getData()).getLong(40) + (echoes ? 0 : 1));
        Instant time = Instant.now().plus(wrong);
        long timestamp = (time.getEpochSecond() + FROM_1900 << 32) | ((long) time.getNano() << 32) / 1_000_000_000L;
        answer.putLong(32, timestamp).putLong(40, timestamp);
        return new DatagramPacket(answer.array(), 48, question.getSocketAddress());
    }
}
