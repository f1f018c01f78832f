package antin.ca.status;

import antin.ca.CertificateStatus;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers to questions that many ask in the same octets (RFC 5019, 2.1.1: one certificate, no nonce), signed once and given until they are renewed, in the background and before
 * anybody waits. One whose status has changed is never given: it is held against the statuses at each question. Bounded: what was not asked for longest goes first.
 * Safe for use by many threads.
 */
public final class SignedAhead {

    /** With some 1.5 kB each, these take at most 15 MB. */
    static final int MOST = 10_000;
    /** An answer is usable for ten minutes: whoever gets one has at least five of them. */
    static final Duration RENEWED_AFTER = Duration.ofMinutes(4);
    static final Duration OLDEST = Duration.ofMinutes(5);
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

        Ready(OcspAnswer answer, OcspAnswer.Subject subject, Instant signed, Instant asked) {
            this.answer = answer;
            this.issuer = subject.issuer();
            this.serial = subject.serial();
            this.said = subject.status();
            this.signed = signed;
            this.asked = asked;
        }
    }

    private final OcspResponder responder;
    private final CertificateStatuses statuses;
    private final Clock clock;
    private final int most;
    private final Map<ByteBuffer, Ready> ready;

    public SignedAhead(OcspResponder responder, CertificateStatuses statuses, Clock clock) {
        this(responder, statuses, clock, MOST);
    }

    SignedAhead(OcspResponder responder, CertificateStatuses statuses, Clock clock, int most) {
        this.responder = responder;
        this.statuses = statuses;
        this.clock = clock;
        this.most = most;
        this.ready = new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Ready> eldest) {
                return size() > SignedAhead.this.most;
            }
        };
    }

    /** As {@link OcspResponder#answer}, from what is ready where that is still right. */
    public OcspAnswer answer(byte[] untrustedRequest) {
        ByteBuffer name = ByteBuffer.wrap(untrustedRequest);
        @Nullable Ready known = find(name);
        Instant now = clock.instant();
        if (known != null && isRight(known, now)) {
            known.asked = now;
            return known.answer;
        }
        return sign(ByteBuffer.wrap(untrustedRequest.clone()), now, now);
    }

    /** Renews what ends soon, and forgets what nobody wants any more. To be called every half minute or so. */
    public void renew() {
        Instant now = clock.instant();
        for (Map.Entry<ByteBuffer, Ready> one : copy()) {
            Ready known = one.getValue();
            if (known.asked.isBefore(now.minus(FORGOTTEN_AFTER))) {
                forget(one.getKey());
            } else if (known.signed.isBefore(now.minus(RENEWED_AFTER)) || !isRight(known, now)) {
                var unused = sign(one.getKey(), now, known.asked);
            }
        }
    }

    /** How many answers are ready. */
    public synchronized int size() {
        return ready.size();
    }

    private OcspAnswer sign(ByteBuffer name, Instant now, Instant asked) {
        OcspAnswer answer = responder.answer(name.array());
        Optional<OcspAnswer.Subject> subject = answer.subject();
        // What nobody issued is signed each time: strangers shall not drive out of memory what clients ask for
        if (subject.isPresent()) {
            keep(name, new Ready(answer, subject.get(), now, asked));
        } else {
            forget(name);
        }
        return answer;
    }

    private boolean isRight(Ready known, Instant now) {
        return !known.signed.isBefore(now.minus(OLDEST)) && !known.signed.isAfter(now)
            && statuses.find(known.issuer, known.serial).filter(known.said::equals).isPresent();
    }

    private synchronized @Nullable Ready find(ByteBuffer name) {
        return ready.get(name);
    }

    private synchronized void keep(ByteBuffer name, Ready answer) {
        ready.put(name, answer);
    }

    private synchronized void forget(ByteBuffer name) {
        ready.remove(name);
    }

    private synchronized List<Map.Entry<ByteBuffer, Ready>> copy() {
        return new ArrayList<>(ready.entrySet().stream().map(one -> Map.entry(one.getKey(), one.getValue())).toList());
    }
}
