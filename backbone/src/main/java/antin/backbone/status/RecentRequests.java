package antin.backbone.status;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** How many requests of each kind came in each of the last sixty minutes; metrics have the long memory. Safe for use by many threads. */
public final class RecentRequests {

    /**
     * One minute.
     *
     * @param ocspAsked  OCSP requests, by POST and by GET
     * @param ocspFailed those of them that got no status: malformed, of another authority, too many, an error of ours
     * @param stamped    time stamps given
     * @param unstamped  requests for time stamps that were refused
     * @param fetched    CRLs and authorities' certificates
     */
    public record Minute(Instant begin, long ocspAsked, long ocspFailed, long stamped, long unstamped, long fetched) {

        private Minute with(String kind, String outcome) {
            return switch (kind) {
                case "ocsp-post", "ocsp-get" -> new Minute(begin, ocspAsked + 1, ocspFailed + (outcome.equals("successful") || outcome.equals("http-304") ? 0 : 1), stamped, unstamped, fetched);
                case "tsa" -> outcome.equals("granted") ? new Minute(begin, ocspAsked, ocspFailed, stamped + 1, unstamped, fetched)
                    : new Minute(begin, ocspAsked, ocspFailed, stamped, unstamped + 1, fetched);
                case "crl", "ca" -> new Minute(begin, ocspAsked, ocspFailed, stamped, unstamped, fetched + 1);
                default -> this;
            };
        }
    }

    private static final int MINUTES = 60;

    private final Clock clock;
    private final Deque<Minute> minutes = new ArrayDeque<>();

    public RecentRequests(Clock clock) {
        this.clock = clock;
    }

    synchronized void count(String kind, String outcome) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Minute last = minutes.peekLast();
        Minute current = last != null && last.begin.equals(now) ? minutes.removeLast() : new Minute(now, 0, 0, 0, 0, 0);
        minutes.addLast(current.with(kind, outcome));
        while (minutes.size() > MINUTES) {
            minutes.removeFirst();
        }
    }

    /** Oldest first, the running minute last; minutes in which nobody asked are left out. */
    public synchronized List<Minute> minutes() {
        Instant from = clock.instant().minus(MINUTES, ChronoUnit.MINUTES);
        return new ArrayList<>(minutes.stream().filter(minute -> minute.begin.isAfter(from)).toList());
    }
}
