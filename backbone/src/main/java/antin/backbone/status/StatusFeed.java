package antin.backbone.status;

import antin.ca.CertificateStatus;
import antin.ca.StatusSource;
import antin.ca.status.CertificateStatuses;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.process.BackgroundThread;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what {@code ca} knows: one thread asks for changes and waits for the next, and fetches CRLs after each revocation (which all pass through this process) and each minute.
 * What it learns is in a file before it is answered, so that a start needs neither {@code ca} nor the database, and never answers anything older than what was answered.
 */
public final class StatusFeed implements CertificateStatuses, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusFeed.class);
    private static final int MOST_AT_ONCE = 1_000;
    private static final Duration POLL = Duration.ofSeconds(20);
    private static final Duration CRLS_EVERY = Duration.ofMinutes(1);
    /** A poll that is under way vouches for what is known; this is one with its margin. */
    private static final Duration ALIVE = Duration.ofSeconds(30);
    private static final Duration REST = Duration.ofMillis(300);
    /** The file is written anew where it is twice as long as it needs to be. */
    private static final long SLACK = 1 << 20;
    private static final long ENTRY = 60;

    private final StatusSource source;
    private final List<String> issuers;
    private final StatusFile file;
    private final CrlFiles crls;
    private final Clock clock;
    private final BackgroundThread thread = new BackgroundThread("status-feed", this::follow);
    private volatile StatusMemory statuses = new StatusMemory();
    private volatile StatusFile.State state = StatusFile.State.NOTHING;
    private volatile boolean kept = true;
    private volatile @Nullable StatusCopy copy;
    private volatile boolean heardLately;
    private volatile long heardNanos = System.nanoTime();
    private volatile long crlsNanos = System.nanoTime() - CRLS_EVERY.toNanos();
    private boolean away;

    /**
     * @param authorities whose statuses and CRLs these are, by short name
     * @param folder      where the last state is kept
     */
    public StatusFeed(StatusSource source, Map<String, X509Certificate> authorities, Path folder, Clock clock) {
        this.source = source;
        this.issuers = authorities.keySet().stream().sorted().toList();
        this.file = new StatusFile(folder.resolve("statuses"));
        this.crls = new CrlFiles(folder, authorities);
        this.clock = clock;
    }

    /** Reads what an earlier run knew, and follows from there. */
    public StatusFeed start() {
        StatusMemory read = new StatusMemory();
        try {
            file.read(read::remember).ifPresent(known -> {
                statuses = read;
                state = known;
                LOG.info("{} statuses are known from before, right at {}", read.size(), known.heard());
            });
            if (file.length() == 0) {
                file.rewrite(state, each -> { });
            }
        } catch (IOException e) {
            LOG.error("The file of what was known of certificates is damaged ({}) and is not used: nothing is answered until ca does", e.getMessage());
        }
        crls.read();
        thread.start();
        return this;
    }

    /** From now on the database has a copy for pages that search. What it knows is taken up where nothing else is known. */
    public void copyTo(DataSource database) {
        StatusCopy to = new StatusCopy(database);
        if (!isLoaded()) {
            to.known(statuses::remember).ifPresent(standing -> {
                synchronized (this) {
                    if (!isLoaded()) {
                        keep(new StatusFile.State(Math.max(state.change(), standing.change()), standing.knownAt(), true), List.of());
                    }
                }
            });
        }
        to.follow(statuses, List.of(), state);
        copy = to;
    }

    @Override
    public Optional<CertificateStatus> find(String issuer, BigInteger serial) {
        return statuses.find(issuer, serial);
    }

    @Override
    public Instant knownAt() {
        return isFollowing() ? clock.instant() : state.heard();
    }

    /** The authority's last CRL in DER; empty where none was fetched yet. */
    public Optional<byte[]> crl(String issuer) {
        return crls.der(issuer);
    }

    /** What that CRL says of itself. */
    Optional<CrlFacts> crlFacts(String issuer) {
        return crls.facts(issuer);
    }

    /** What {@code ca} just answered, so that who was told may ask at once and finds it, and the CRL that has it. */
    public void learn(CertificateStatus status) {
        synchronized (this) {
            keep(state, List.of(status));
        }
        try {
            fetchCrls();
        } catch (Problem e) {
            LOG.warn("The CRLs could not be fetched after a revocation; they are within a minute ({})", e.detail());
        }
    }

    /** Whether all that {@code ca} knew was read once, now or by an earlier run. */
    @Override
    public boolean isLoaded() {
        return state.complete();
    }

    /** Whether {@code ca} answered lately. */
    public boolean isFollowing() {
        return heardLately && System.nanoTime() - heardNanos < ALIVE.toNanos();
    }

    /** Whether the file has all that is known. */
    public boolean isKept() {
        return kept;
    }

    /** How many certificates are known. */
    int size() {
        return statuses.size();
    }

    @Override
    public void close() {
        thread.close();
        synchronized (this) {
            try {
                file.close();
            } catch (IOException e) {
                LOG.debug("Each entry was on disk already", e);
            }
        }
    }

    private void follow() {
        boolean caughtUp = false;
        while (!thread.isClosed()) {
            try {
                List<CertificateStatus> changes = source.changesAfter(state.change(), MOST_AT_ONCE, caughtUp ? POLL : Duration.ZERO);
                caughtUp = changes.size() < MOST_AT_ONCE;
                take(changes, caughtUp);
                if (System.nanoTime() - crlsNanos >= CRLS_EVERY.toNanos()) {
                    fetchCrls();
                }
                copy(changes);
                if (away) {
                    LOG.info("ca answers again");
                    away = false;
                }
            } catch (RuntimeException e) {
                caughtUp = false;
                heardLately = false; // nobody vouches for it any more: thisUpdate goes back to when somebody did
                rest(e);
            }
        }
    }

    private void take(List<CertificateStatus> changes, boolean caughtUp) {
        synchronized (this) {
            long change = changes.stream().mapToLong(CertificateStatus::change).max().orElse(0);
            keep(new StatusFile.State(Math.max(change, state.change()), caughtUp ? clock.instant() : state.heard(), state.complete() || caughtUp), changes);
        }
        heardNanos = System.nanoTime();
        heardLately = caughtUp;
    }

    /** The file first, then memory: who was answered once is never answered anything older. Where the disk fails, a revocation is worth more than the copy. */
    private void keep(StatusFile.State next, List<CertificateStatus> changes) {
        try {
            if (kept) {
                file.append(next, changes);
            }
        } catch (IOException e) {
            failed(e);
        }
        changes.forEach(statuses::remember);
        state = next;
        try {
            if (!kept || file.length() > 2 * (ENTRY * statuses.size() + SLACK)) {
                file.rewrite(next, each -> statuses.forEachAfter(Long.MIN_VALUE, each));
                kept = true;
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException reason) {
        if (kept) {
            LOG.error("What is known of certificates cannot be written: answers go on, and after a start they could be older. Look at the disk", reason);
        }
        kept = false;
    }

    private void copy(List<CertificateStatus> changes) {
        StatusCopy to = copy;
        if (to != null) {
            to.follow(statuses, changes, state);
        }
    }

    private synchronized void fetchCrls() {
        for (String issuer : issuers) {
            fetchCrl(issuer, true);
            // The root has none, and an authority of another make may have none
            fetchCrl(issuer + StatusSource.DELTA, false);
        }
        crlsNanos = System.nanoTime();
    }

    private void fetchCrl(String name, boolean needed) {
        try {
            byte[] der = source.crl(name);
            if (crls.der(name).filter(known -> Arrays.equals(known, der)).isEmpty() && !crls.take(name, der)) {
                LOG.error("ca answers what is no newer CRL of {}; the one before stays", name);
            }
        } catch (Problem e) {
            if (e.kind() != Kind.NOT_FOUND && needed && crls.der(name).isEmpty()) {
                throw e;
            }
            if (needed) {
                LOG.warn("No CRL of {}: {}", name, e.detail());
            }
        } catch (IOException e) {
            LOG.error("The CRL of {} could not be written to disk", name, e);
        }
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
