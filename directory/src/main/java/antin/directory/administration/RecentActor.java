package antin.directory.administration;

import antin.directory.rights.Actor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who somebody was within the last second. */
final class RecentActor implements Desk.ActorSource {

    private record Known(Actor actor, Instant at) {
    }

    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Desk.ActorSource source;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    RecentActor(Desk.ActorSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Actor actor(String number) {
        Instant now = clock.instant();
        Known last = known.get(number);
        if (last == null || now.isAfter(last.at.plus(FRESH))) {
            last = new Known(source.actor(number), now);
            known.put(number, last);
        }
        return last.actor;
    }
}
