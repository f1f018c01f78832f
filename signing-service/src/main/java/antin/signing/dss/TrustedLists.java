package antin.signing.dss;

import antin.signing.trust.TrustedListSettings;
import eu.europa.esig.dss.spi.tsl.TrustedListsCertificateSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** All trusted lists, each as it was last found good; fetched anew in the background. */
public final class TrustedLists implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofHours(1);

    private final List<TrustedList> lists;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("trusted-lists").factory());

    TrustedLists(List<TrustedListSettings> settings, Path folder, Clock clock) {
        this.lists = settings.stream().map(list -> new TrustedList(list, folder, clock)).toList();
        lists.forEach(TrustedList::open);
    }

    /** Fetches them now, and each hour. */
    public TrustedLists start() {
        if (!lists.isEmpty()) {
            clock.scheduleWithFixedDelay(this::refresh, 0, BETWEEN.toSeconds(), TimeUnit.SECONDS);
        }
        return this;
    }

    /** Returns whether every one was taken. */
    boolean refresh() {
        return lists.stream().map(TrustedList::refresh).reduce(true, Boolean::logicalAnd);
    }

    List<TrustedListsCertificateSource> sources() {
        return lists.stream().flatMap(list -> list.reading().stream()).map(TrustedList.Reading::source).toList();
    }

    /** By name, until when each is believed; empty for one that is not. */
    public Map<String, Optional<Instant>> standing() {
        return lists.stream().collect(Collectors.toMap(TrustedList::name, list -> list.reading().map(TrustedList.Reading::nextUpdate)));
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
