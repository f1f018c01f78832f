package antin.mail.session;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Logins that were ended lately, by credential and by person, so that a login under way and a token that has not expired yet end as well. Bounded: the oldest
 * are forgotten first, long after every token of theirs expired. Safe for many threads.
 */
public final class EndedRecently {

    private static final int MOST = 50_000;
    /** Backbone tells every second, news or none. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private final Map<String, Instant> credentials = new Bounded();
    private final Map<String, Instant> people = new Bounded();
    private volatile Instant heard = Instant.EPOCH;

    synchronized void add(String person, Optional<String> credential, Instant now) {
        if (credential.isPresent()) {
            credentials.put(credential.get(), now);
        } else {
            people.put(person, now);
        }
    }

    /** Whether this credential was ended, or all of the person's logins at {@code access.since} or later. */
    public synchronized boolean contains(Access access) {
        Instant all = people.get(access.person());
        return access.credential().filter(credentials::containsKey).isPresent() || all != null && !all.isBefore(access.since());
    }

    /** Whether backbone has just told what was ended, so that what is not here was not. */
    public boolean isHeard(Instant now) {
        return heard.isAfter(now.minus(SILENCE));
    }

    /** @param heard when backbone last told; long ago where it is known to be away */
    void hears(Instant heard) {
        this.heard = heard;
    }

    private static final class Bounded extends LinkedHashMap<String, Instant> {

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    }
}
