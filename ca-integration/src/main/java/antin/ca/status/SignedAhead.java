package antin.ca.status;

import antin.ca.CertificateStatus;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers to questions that many ask in the same octets (RFC 5019, 2.1.1: one certificate, no nonce), signed once and given until they are renewed, in the background and before
 * anybody waits. One whose status has changed is never given: it is held against the statuses at each question. Bounded: what was not asked for longest goes first, some at a time.
 * Safe for use by many threads.
 */
public final class SignedAhead {

    /** With some 1.5 kB each, these take at most 15 MB. */
    static final int MOST = 10_000;
    /** An answer is usable for ten minutes: whoever gets one has at least five of them. */
    static final Duration RENEWED_AFTER = Duration.ofMinutes(4);
    static final Duration OLDEST = Duration.ofMinutes(5);
    private static final int SIXTEENTH = 16;
    /** What nobody asked for so long is not renewed. */
    static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    /** An answer with what it says, to see whether that is still so. */
    private static final class Ready {

        private final OcspAnswer answer;
        private final String issuer;
        private final BigInteger serial;
        private final CertificateStatus said;
        private final Instant signed;
        private volatile Instant asked;
        private volatile long turn;

        Ready(OcspAnswer answer, OcspAnswer.Subject subject, Instant signed, Instant asked, long turn) {
            this.answer = answer;
            this.issuer = subject.issuer();
            this.serial = subject.serial();
            this.said = subject.status();
            this.signed = signed;
            this.asked = asked;
            this.turn = turn;
        }
    }

    private final OcspResponder responder;
    private final CertificateStatuses statuses;
    private final Clock clock;
    private final int most;
    private final Map<ByteBuffer, Ready> ready = new ConcurrentHashMap<>();
    private final AtomicLong turns = new AtomicLong();

    public SignedAhead(OcspResponder responder, CertificateStatuses statuses, Clock clock) {
        this(responder, statuses, clock, MOST);
    }

    SignedAhead(OcspResponder responder, CertificateStatuses statuses, Clock clock, int most) {
        this.responder = responder;
        this.statuses = statuses;
        this.clock = clock;
        this.most = most;
    }

    /** As {@link OcspResponder#answer}, from what is ready where that is still right. */
    public OcspAnswer answer(byte[] untrustedRequest) {
        return answer(untrustedRequest, OLDEST);
    }

    /** As {@link #answer(byte[])}, signed at most {@code age} ago. */
    public OcspAnswer answer(byte[] untrustedRequest, Duration age) {
        @Nullable Ready known = ready.get(ByteBuffer.wrap(untrustedRequest));
        Instant now = clock.instant();
        if (known != null && isRight(known, now, age)) {
            known.asked = now;
            known.turn = turns.incrementAndGet();
            return known.answer;
        }
        return sign(ByteBuffer.wrap(untrustedRequest.clone()), now, now, turns.incrementAndGet());
    }

    /** Renews what ends soon, and forgets what nobody wants any more. To be called every half minute or so. */
    public void renew() {
        Instant now = clock.instant();
        for (Map.Entry<ByteBuffer, Ready> one : ready.entrySet()) {
            Ready known = one.getValue();
            if (known.asked.isBefore(now.minus(FORGOTTEN_AFTER))) {
                ready.remove(one.getKey(), known);
            } else if (known.signed.isBefore(now.minus(RENEWED_AFTER)) || !isRight(known, now, OLDEST)) {
                var unused = sign(one.getKey(), now, known.asked, known.turn);
            }
        }
    }

    /** How many answers are ready. */
    public int size() {
        return ready.size();
    }

    private OcspAnswer sign(ByteBuffer name, Instant now, Instant asked, long turn) {
        OcspAnswer answer = responder.answer(name.array());
        Optional<OcspAnswer.Subject> subject = answer.subject();
        // What nobody issued is signed each time: strangers shall not drive out of memory what clients ask for
        if (subject.isPresent()) {
            ready.put(name, new Ready(answer, subject.get(), now, asked, turn));
            makeRoom();
        } else {
            ready.remove(name);
        }
        return answer;
    }

    private boolean isRight(Ready known, Instant now, Duration age) {
        return !known.signed.isBefore(now.minus(age)) && !known.signed.isAfter(now)
            && statuses.find(known.issuer, known.serial).filter(known.said::equals).isPresent();
    }

    /** Some at a time, since the oldest are found by looking at all. */
    private synchronized void makeRoom() {
        if (ready.size() > most) {
            ready.entrySet().stream().map(one -> Map.entry(one.getValue().turn, one.getKey())).sorted(Map.Entry.comparingByKey())
                .limit(ready.size() - most + most / SIXTEENTH).forEach(one -> ready.remove(one.getValue()));
        }
    }
}
