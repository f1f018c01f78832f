package antin.backbone.status;

import antin.ca.status.ClockState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What an administrator wants to see of the status service at a glance. Answers from memory; safe for use by many threads. */
public final class StatusOverview {

    /**
     * One authority.
     *
     * @param name short, such as {@code issuing}
     * @param crl  what its last CRL says; empty where none was fetched yet
     */
    public record AuthorityState(String name, Optional<CrlFacts> crl) {

        /** Whether who needs its CRL has none that is good at {@code now}. */
        public boolean isOverdue(Instant now) {
            return crl.isEmpty() || crl.get().nextUpdate().isBefore(now);
        }
    }

    /**
     * All of it.
     *
     * @param following   whether {@code ca} answered lately
     * @param knownAt     up to when the statuses are known to be right
     * @param load        the last hour, oldest minute first
     * @param timeStamps  whether time stamps are given, and why not
     */
    public record State(List<AuthorityState> authorities, boolean following, Instant knownAt, List<RecentRequests.Minute> load, ClockState timeStamps) {
    }

    private final List<String> authorities;
    private final StatusFeed feed;
    private final RecentRequests requests;
    private final Supplier<ClockState> clock;

    public StatusOverview(List<String> authorities, StatusFeed feed, RecentRequests requests, Supplier<ClockState> clock) {
        this.authorities = authorities.stream().sorted().toList();
        this.feed = feed;
        this.requests = requests;
        this.clock = clock;
    }

    public State now() {
        return new State(authorities.stream().map(name -> new AuthorityState(name, feed.crlFacts(name))).toList(), feed.isFollowing(), feed.knownAt(),
            requests.minutes(), clock.get());
    }
}
