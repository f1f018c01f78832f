package antin.backbone.status;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.LongAdder;

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
    }

    /** Counts without making anybody wait. */
    private static final class Counting {

        private final Instant begin;
        private final LongAdder ocspAsked = new LongAdder();
        private final LongAdder ocspFailed = new LongAdder();
        private final LongAdder stamped = new LongAdder();
        private final LongAdder unstamped = new LongAdder();
        private final LongAdder fetched = new LongAdder();

        Counting(Instant begin) {
            this.begin = begin;
        }

        void count(String kind, String outcome) {
            switch (kind) {
                case "ocsp-post", "ocsp-get" -> {
                    ocspAsked.increment();
                    if (!outcome.equals("successful") && !outcome.equals("http-304")) {
                        ocspFailed.increment();
                    }
                }
                case "tsa" -> (outcome.equals("granted") ? stamped : unstamped).increment();
                case "crl", "ca" -> fetched.increment();
                default -> { }
            }
        }

        Minute minute() {
            return new Minute(begin, ocspAsked.sum(), ocspFailed.sum(), stamped.sum(), unstamped.sum(), fetched.sum());
        }
    }

    private static final int MINUTES = 60;
    private static final int SECONDS = 60;

    private final Clock clock;
    private final Deque<Counting> minutes = new ConcurrentLinkedDeque<>();

    public RecentRequests(Clock clock) {
        this.clock = clock;
    }

    void count(String kind, String outcome) {
        Instant now = clock.instant();
        Counting last = minutes.peekLast();
        (last != null && !now.isBefore(last.begin) && now.isBefore(last.begin.plusSeconds(SECONDS)) ? last : begin(now.truncatedTo(ChronoUnit.MINUTES))).count(kind, outcome);
    }

    private synchronized Counting begin(Instant minute) {
        Counting last = minutes.peekLast();
        if (last != null && last.begin.equals(minute)) {
            return last;
        }
        Counting fresh = new Counting(minute);
        minutes.addLast(fresh);
        while (minutes.size() > MINUTES) {
            minutes.removeFirst();
        }
        return fresh;
    }

    /** Oldest first, the running minute last; minutes in which nobody asked are left out. */
    public List<Minute> minutes() {
        Instant from = clock.instant().minus(MINUTES, ChronoUnit.MINUTES);
        return minutes.stream().filter(minute -> minute.begin.isAfter(from)).map(Counting::minute).toList();
    }
}
