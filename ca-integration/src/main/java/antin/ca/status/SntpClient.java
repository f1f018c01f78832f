package antin.ca.status;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks a time server how far this machine's clock is off (SNTP, RFC 4330, 5; RFC 5905). One question, one answer; safe for use by many threads. */
public final class SntpClient {

    private static final int LENGTH = 48;
    private static final byte CLIENT_VERSION_4 = 0x23;
    private static final int SERVER_MODE = 4;
    private static final int UNSYNCHRONIZED = 3;
    private static final int ORIGINATE = 24;
    private static final int RECEIVE = 32;
    private static final int TRANSMIT = 40;
    private static final int PATIENCE_MS = 1_500;
    /** The answer may be off by half the way: a longer one proves nothing to us. */
    private static final Duration LONGEST_WAY = Duration.ofMillis(800);
    /** RFC 4330, 3: seconds from 1900 to 1970. */
    private static final long FROM_1900 = 2_208_988_800L;
    private static final long ERA = 1L << 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public SntpClient(Clock clock) {
        this.clock = clock;
    }

    /** The server's time less ours; empty where it does not answer soon, is not synchronised itself, or answers nonsense. */
    public Optional<Duration> offset(InetSocketAddress unresolved) {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetSocketAddress server = new InetSocketAddress(unresolved.getHostString(), unresolved.getPort());
            socket.connect(server); // answers of others do not get here
            socket.setSoTimeout(PATIENCE_MS);
            byte[] question = new byte[LENGTH];
            question[0] = CLIENT_VERSION_4;
            // A random number in the place of our time: it comes back as the originate timestamp, and nobody who does not see it can answer in the server's place
            long nonce = random.nextLong();
            ByteBuffer.wrap(question).putLong(TRANSMIT, nonce);
            Instant sent = clock.instant();
            long begun = System.nanoTime();
            socket.send(new DatagramPacket(question, LENGTH));
            DatagramPacket answer = new DatagramPacket(new byte[LENGTH + 1], LENGTH + 1);
            socket.receive(answer);
            Duration way = Duration.ofNanos(System.nanoTime() - begun);
            return answer.getLength() < LENGTH || way.compareTo(LONGEST_WAY) > 0 ? Optional.empty() : offset(ByteBuffer.wrap(answer.getData()), nonce, sent, way);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** RFC 4330, 5: what an answer must be, and offset = ((T2 - T1) + (T3 - T4)) / 2. */
    private static Optional<Duration> offset(ByteBuffer answer, long nonce, Instant sent, Duration way) {
        int leap = (answer.get(0) & 0xc0) >> 6;
        int stratum = answer.get(1) & 0xff; // zero is a kiss-o'-death, from 16 on it has no time itself
        if ((answer.get(0) & 7) != SERVER_MODE || leap == UNSYNCHRONIZED || stratum < 1 || stratum > 15
            || answer.getLong(ORIGINATE) != nonce || answer.getLong(TRANSMIT) == 0 || answer.getLong(RECEIVE) == 0) {
            return Optional.empty();
        }
        Instant received = instant(answer.getLong(RECEIVE), sent);
        Instant answered = instant(answer.getLong(TRANSMIT), sent);
        return Optional.of(Duration.between(sent, received).plus(Duration.between(sent.plus(way), answered)).dividedBy(2));
    }

    /** In the era nearest to our own time (RFC 5905, 6): the seconds run over in 2036. */
    private static Instant instant(long timestamp, Instant near) {
        long seconds = (timestamp >>> 32) - FROM_1900;
        long eras = Math.round((near.getEpochSecond() - seconds) / (double) ERA);
        return Instant.ofEpochSecond(seconds + eras * ERA, ((timestamp & 0xffffffffL) * 1_000_000_000L) >>> 32);
    }
}
