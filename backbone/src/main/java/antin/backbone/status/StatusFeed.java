package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.ca.StatusSource;
import antin.ca.status.CertificateStatuses;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.process.BackgroundThread;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Follows what {@code ca} knows: one thread asks for changes and waits for the next, keeps them in memory and in a table, and
 * fetches CRLs after each revocation (which all pass through this process) and each minute. While {@code ca} or the database is away, answers go on from memory.
 */
public final class StatusFeed implements CertificateStatuses, AutoCloseable {

    private record Name(String issuer, BigInteger serial) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration POLL = Duration.ofSeconds(20);
    private static final Duration CRLS_EVERY = Duration.ofMinutes(1);
    /** A poll that is under way vouches for what is known; this is one with its margin. */
    private static final Duration ALIVE = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofMillis(300);

    private final StatusSource source;
    private final List<String> issuers;
    private final StatusTable table;
    private final Clock clock;
    private final BackgroundThread thread = new BackgroundThread("status-feed", this::follow);
    private final Map<Name, CertificateStatus> statuses = new ConcurrentHashMap<>();
    private final Map<String, byte[]> crls = new ConcurrentHashMap<>();
    private final Map<String, CrlFacts> facts = new ConcurrentHashMap<>();
    private final List<CertificateStatus> unkept = new ArrayList<>();
    private volatile boolean loaded;
    private volatile Instant heard = Instant.EPOCH;
    private volatile long heardNanos = System.nanoTime() - ALIVE.toNanos();
    private long change;
    private volatile long crlsNanos = System.nanoTime() - CRLS_EVERY.toNanos();
    private boolean away;

    /** {@code issuers} are the short names of the authorities whose CRLs are fetched. */
    public StatusFeed(StatusSource source, List<String> issuers, DataSource database, Clock clock) {
        this.source = source;
        this.issuers = List.copyOf(issuers);
        this.table = new StatusTable(database);
        this.clock = clock;
    }

    /** Reads the copy, and follows from there. */
    public StatusFeed start() {
        table.load().ifPresent(copy -> {
            copy.statuses().forEach(this::remember);
            copy.crls().forEach(this::remember);
            change = copy.change();
            heard = copy.knownAt();
            loaded = true;
        });
        thread.start();
        return this;
    }

    @Override
    public Optional<CertificateStatus> find(String issuer, BigInteger serial) {
        return Optional.ofNullable(statuses.get(new Name(issuer, serial)));
    }

    @Override
    public Instant knownAt() {
        return System.nanoTime() - heardNanos < ALIVE.toNanos() ? clock.instant() : heard;
    }

    /** The authority's last CRL in DER; empty where none was fetched yet. */
    public Optional<byte[]> crl(String issuer) {
        return Optional.ofNullable(crls.get(issuer));
    }

    /** What that CRL says of itself. */
    Optional<CrlFacts> crlFacts(String issuer) {
        return Optional.ofNullable(facts.get(issuer));
    }

    /** What {@code ca} just answered, so that who was told may ask at once and finds it, and the CRL that has it. */
    public void learn(CertificateStatus status) {
        remember(status);
        try {
            fetchCrls();
        } catch (Problem e) {
            LOG.warn("The CRLs could not be fetched after a revocation; they are within a minute ({})", e.detail());
        }
    }

    /** Whether all that {@code ca} knew was read once, now or by an earlier run. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Whether {@code ca} answered lately. */
    public boolean isFollowing() {
        return System.nanoTime() - heardNanos < ALIVE.toNanos();
    }

    @Override
    public void close() {
        thread.close();
    }

    private void follow() {
        boolean caughtUp = false;
        while (!thread.isClosed()) {
            try {
                List<CertificateStatus> changes = source.changesAfter(change, MOST_AT_ONCE, caughtUp ? POLL : Duration.ZERO);
                take(changes);
                if (System.nanoTime() - crlsNanos >= CRLS_EVERY.toNanos()) {
                    fetchCrls();
                }
                caughtUp = changes.size() < MOST_AT_ONCE;
                loaded |= caughtUp;
                keep();
                if (away) {
                    LOG.info("ca answers again");
                    away = false;
                }
            } catch (RuntimeException e) {
                caughtUp = false;
                rest(e);
            }
        }
    }

    /** Memory first: an answer must not wait for a disk. */
    private void take(List<CertificateStatus> changes) {
        changes.forEach(this::remember);
        heard = clock.instant();
        heardNanos = System.nanoTime();
        unkept.addAll(changes);
        change = Math.max(change, changes.stream().mapToLong(CertificateStatus::change).max().orElse(change));
    }

    private void remember(CertificateStatus status) {
        statuses.merge(new Name(status.issuer(), status.serial()), status, (known, next) -> next.change() >= known.change() ? next : known);
    }

    private void remember(String issuer, byte[] crl) {
        crls.put(issuer, crl);
        CrlFacts.of(crl).ifPresent(said -> facts.put(issuer, said));
    }

    private void keep() {
        try {
            table.keep(unkept, change, heard);
            unkept.clear();
        } catch (Problem | DataAccessException e) {
            LOG.warn("{} statuses could not be copied to the database; it is tried again", unkept.size());
        }
    }

    private synchronized void fetchCrls() {
        for (String issuer : issuers) {
            try {
                byte[] der = source.crl(issuer);
                if (!Arrays.equals(der, crls.get(issuer))) {
                    remember(issuer, der);
                    table.keepCrl(issuer, der);
                }
            } catch (Problem e) {
                if (e.kind() != Kind.NOT_FOUND && !crls.containsKey(issuer)) {
                    throw e;
                }
                LOG.warn("No CRL of {}: {}", issuer, e.detail());
            } catch (DataAccessException e) {
                LOG.warn("The CRL of {} could not be copied to the database", issuer);
            }
        }
        crlsNanos = System.nanoTime();
    }

    private void rest(RuntimeException reason) {
        if (!thread.isClosed() && !away) {
            away = true;
            if (reason instanceof Problem problem) {
                LOG.warn("ca is away ({}); answers go on from what is known", problem.detail());
            } else {
                LOG.error("The statuses cannot be followed; it is tried again", reason);
            }
        }
        thread.rest(REST);
    }
}
