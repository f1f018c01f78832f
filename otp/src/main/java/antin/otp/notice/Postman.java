package antin.otp.notice;

import antin.directory.Directory;
import antin.directory.Person;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties the {@link Outbox}: to the address that the directory has for the person now. What cannot be sent waits longer and longer, five days at most. */
public final class Postman {

    private static final Logger LOG = LoggerFactory.getLogger(Postman.class);
    private static final Duration IN_HAND = Duration.ofMinutes(5);
    private static final Duration FIRST_REST = Duration.ofSeconds(15);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final Duration GIVES_UP = Duration.ofDays(5);
    private static final int AT_ONCE = 50;

    private final Outbox outbox;
    private final Directory directory;
    private final Post post;
    private final String from;
    private final Clock clock;

    /** @param from the sender's address, such as {@code postmaster@city.example} */
    public Postman(Outbox outbox, Directory directory, Post post, String from, Clock clock) {
        this.outbox = outbox;
        this.directory = directory;
        this.post = post;
        this.from = from;
        this.clock = clock;
    }

    /** How many it sent. */
    public int work() {
        List<Outbox.Waiting> letters = outbox.take(AT_ONCE, clock.instant().plus(IN_HAND));
        return (int) letters.stream().filter(this::send).count();
    }

    private boolean send(Outbox.Waiting letter) {
        try {
            Optional<Person> person = directory.person(letter.person());
            if (person.isPresent()) {
                String to = person.get().address();
                post.deliver(to, Letter.of(letter.id().toString(), from, to, letter.created(), letter.subject(), letter.text()));
            }
            outbox.done(letter.id());
            return person.isPresent();
        } catch (IOException | RuntimeException e) {
            Instant now = clock.instant();
            if (letter.created().isBefore(now.minus(GIVES_UP))) {
                LOG.error("A letter to {} was tried for days and is given up", letter.person(), e);
                outbox.done(letter.id());
            } else {
                LOG.warn("A letter to {} could not be sent; it is tried again: {}", letter.person(), e.getMessage());
                outbox.later(letter.id(), now.plus(rest(letter.tries())));
            }
            return false;
        }
    }

    private static Duration rest(int tries) {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(tries - 1, 10));
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }
}
