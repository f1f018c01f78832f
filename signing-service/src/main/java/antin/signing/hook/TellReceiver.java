package antin.signing.hook;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells one receiver its events: some at once, each with the same body until a 2xx, and never after. Each receiver has one of its own, so that a slow one holds no other. */
final class TellReceiver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TellReceiver.class);
    private static final long FIRST_WAIT_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 20;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int SHORT_OUTAGE_MILLIS = 500;

    private final Hook hook;
    private final HookSettings settings;
    private final HookEvents events;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Receiver receiver;
    private final Semaphore places;
    /** On their way, or told but not noted yet; no other process tells them. */
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private volatile boolean stopped;

    TellReceiver(Hook hook, HookSettings settings, HookEvents events, MeterRegistry metrics, Clock clock) {
        this.hook = hook;
        this.settings = settings;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
        this.receiver = new Receiver(hook, settings.patience(), clock);
        this.places = new Semaphore(settings.atOnce());
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "hook-" + hook.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        threads.execute(this::run);
    }

    /** What is on its way is waited for, so that its answer is noted. */
    @Override
    public void close() {
        stopped = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(settings.patience().toMillis() + SHORT_OUTAGE_MILLIS, TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        receiver.close();
    }

    private void run() {
        while (!stopped) {
            try {
                List<HookEvent> due = events.due(hook.name(), underWay.size() + 4 * settings.atOnce()).stream().filter(event -> !underWay.contains(event.id())).toList();
                for (HookEvent event : due) {
                    hand(event);
                }
                if (due.isEmpty()) {
                    Thread.sleep(POLL);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.warn("The events of hook {} cannot be read; it is tried again: {}", hook.name(), e.toString());
                pause(POLL.toMillis());
            }
        }
    }

    private void hand(HookEvent event) throws InterruptedException {
        while (!places.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
            if (stopped) {
                return;
            }
        }
        if (!underWay.add(event.id())) {
            places.release();
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    // it was noted before it left those under way, so that its row now says the truth
                    if (events.isDue(event.id())) {
                        tell(event);
                    }
                } catch (RuntimeException e) {
                    LOG.warn("The event {} waits: {}", event.id(), e.toString());
                } finally {
                    underWay.remove(event.id());
                    places.release();
                }
            });
        } catch (RuntimeException e) { // stopped meanwhile
            underWay.remove(event.id());
            places.release();
        }
    }

    private void tell(HookEvent event) {
        String answer;
        try {
            int status = receiver.tell(event);
            if (status >= 200 && status < 300) {
                metrics.counter("antin.hook.tries", "hook", hook.name(), "outcome", "told").increment();
                note(event, () -> events.told(event.id()));
                return;
            }
            answer = "status " + status;
        } catch (IOException e) {
            answer = e.getClass().getSimpleName();
        } catch (InterruptedException e) {
            return;
        } catch (RuntimeException e) { // a secret that cannot be read, say
            LOG.warn("The hook {} cannot be told", hook.name(), e);
            answer = e.getClass().getSimpleName();
        }
        metrics.counter("antin.hook.tries", "hook", hook.name(), "outcome", "refused").increment();
        String why = answer;
        Instant now = clock.instant();
        if (event.made().plus(settings.givenUp()).isBefore(now)) {
            LOG.warn("The event {} was not taken by hook {} in {} tries ({}); it is set aside", event.id(), hook.name(), event.tries() + 1, why);
            note(event, () -> events.setAside(event.id(), why));
        } else {
            note(event, () -> events.again(event.id(), now.plus(wait(event.tries())), why));
        }
    }

    /** Doubles, and differs by up to a half, so that a receiver that comes back is not met by all at once. */
    private Duration wait(int tries) {
        long doubled = Math.min(settings.longestWait().toMillis(), FIRST_WAIT_MILLIS << Math.min(tries, MOST_DOUBLINGS));
        return Duration.ofMillis(doubled / 2 + ThreadLocalRandom.current().nextLong(Math.max(1, doubled / 2)));
    }

    /** While the database is away the event stays under way: what was told is not told again by this process. */
    private void note(HookEvent event, Runnable row) {
        while (true) {
            try {
                row.run();
                return;
            } catch (RuntimeException e) {
                LOG.warn("The answer of hook {} to event {} cannot be noted; it is tried again: {}", hook.name(), event.id(), e.toString());
                if (stopped || !pause(SHORT_OUTAGE_MILLIS)) {
                    return;
                }
            }
        }
    }

    private static boolean pause(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
