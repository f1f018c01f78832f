package antin.mail.token;

import antin.mail.guard.ClientAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Notices an address that goes on showing tokens which our issuer never signed: after twenty of them most of the others are refused without a line in the audit log,
 * whose disk they would fill, and the caller's counter tells the operator. Expired and other tokens of ours do not count: an office behind one address has
 * such every day. Bounded, in memory, of this process. Safe for many threads.
 */
final class ForgedTokens {

    private static final int FREE = 20;
    private static final int MOST_ADDRESSES = 10_000;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 5; // 64 s
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private record Seen(int times, Instant last) {
    }

    private final Clock clock;
    private final Map<String, Seen> byNetwork = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    ForgedTokens(Clock clock) {
        this.clock = clock;
    }

    synchronized boolean mustWait(String from) {
        Seen seen = byNetwork.get(ClientAddress.network(from));
        if (seen == null || seen.times() <= FREE) {
            return false;
        }
        Duration wait = FIRST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, seen.times() - FREE - 1));
        return clock.instant().isBefore(seen.last().plus(wait));
    }

    synchronized void add(String from) {
        Instant now = clock.instant();
        byNetwork.merge(ClientAddress.network(from), new Seen(1, now),
            (before, one) -> before.last().plus(FORGOTTEN).isBefore(now) ? one : new Seen(before.times() + 1, now));
    }
}
