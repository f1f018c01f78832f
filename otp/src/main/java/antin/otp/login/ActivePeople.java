package antin.otp.login;

import antin.directory.Directory;
import antin.directory.Person;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is active by the directory's word, a few seconds old at most: mail programs come in bursts, and whoever left must be
 * out at once. Ask only after a secret was right, so that strangers cannot fill it. Safe for use by many threads.
 */
public final class ActivePeople {

    private record Known(Person person, Instant until) {
    }

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int MOST = 50_000;

    private final Directory directory;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    public ActivePeople(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** By number or any address. Throws Problem where the directory is away. */
    public Optional<Person> find(String login) {
        String key = login.strip().toLowerCase(Locale.ROOT);
        Instant now = clock.instant();
        Known cached = known.get(key);
        if (cached != null && cached.until().isAfter(now)) {
            return Optional.of(cached.person());
        }
        Optional<Person> person = directory.person(key);
        if (known.size() >= MOST) {
            known.clear();
        }
        person.ifPresentOrElse(found -> known.put(key, new Known(found, now.plus(FRESH))), () -> known.remove(key));
        return person;
    }
}
