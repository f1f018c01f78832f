package antin.ca.embedded;

import antin.ca.CertificateStatus;
import antin.ca.authority.Authority;
import antin.ca.authority.RevocationList;
import antin.ca.authority.RevocationList.Issue;
import antin.ca.ledger.CrlStore;
import antin.ca.ledger.CrlStore.Crl;
import antin.ca.ledger.CrlStore.DeltaCrl;
import antin.ca.ledger.Ledger;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the CRL of one authority: signed anew with each revocation, hold and release, and before it grows old. Safe for use by many threads. */
final class CrlPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(CrlPublisher.class);
    private static final Map<String, Duration> LIVES = Map.of("issuing", Duration.ofDays(7), "root", Duration.ofDays(180));

    private static final Duration DELTA_LIFE = Duration.ofDays(1);
    /** A revocation has its time before it is committed, and a list signed between the two lacks it. */
    private static final Duration COMMIT = Duration.ofMinutes(5);

    private final Authority authority;
    private final Ledger ledger;
    private final CrlStore store;
    private final AuditLog audit;
    private final Clock clock;
    private final ReentrantLock signing = new ReentrantLock();
    private final AtomicLong asked = new AtomicLong();
    private long served;
    private volatile Instant signedAt = Instant.EPOCH;

    CrlPublisher(Authority authority, Ledger ledger, CrlStore store, AuditLog audit, Clock clock) {
        this.authority = authority;
        this.ledger = ledger;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether this is the authority's own certificate, signed by itself. */
    boolean isOwn(BigInteger serial) {
        return authority.chain().size() == 1 && authority.certificate().getSerialNumber().equals(serial);
    }

    /** When the last one was signed. */
    Instant signedAt() {
        return signedAt;
    }

    /** Returns when a CRL with every revocation committed before this call is stored. Calls that wait together share one. */
    void publish() {
        serve(asked.incrementAndGet());
    }

    /** As {@link #publish}, where an earlier call of that failed; otherwise there is nothing to do. */
    void catchUp() {
        serve(asked.get());
    }

    /** Signs anew where the last one is missing, half through its life, or says something else than the ledger. */
    void renew() {
        Optional<Crl> last = store.last(authority.name());
        signedAt = last.map(Crl::thisUpdate).orElse(signedAt);
        if (last.isEmpty() || !Arrays.equals(last.get().content(), content(ledger.revoked(authority.name())))
            || clock.instant().isAfter(last.get().nextUpdate().minus(life().dividedBy(2))) || isDeltaOld()) {
            publish();
        } else {
            catchUp();
        }
    }

    private boolean isDeltaOld() {
        return hasDeltas() && store.lastDelta(authority.name()).filter(delta -> clock.instant().isBefore(delta.nextUpdate().minus(DELTA_LIFE.dividedBy(2)))).isEmpty();
    }

    private void serve(long ticket) {
        signing.lock();
        try {
            if (served >= ticket) {
                return;
            }
            long all = asked.get();
            sign();
            served = all;
        } finally {
            signing.unlock();
        }
    }

    private void sign() {
        List<CertificateStatus> revoked = ledger.revoked(authority.name());
        Optional<Crl> last = store.last(authority.name());
        Instant thisUpdate = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        long number = CrlNumbers.after(last.map(Crl::number), store.lastDelta(authority.name()).map(DeltaCrl::number), thisUpdate);
        Map<String, String> what = Map.of("issuer", authority.name(), "number", Long.toString(number), "revocations", Integer.toString(revoked.size()));
        audit.record(new AuditEvent("crl.sign", "begun", "ca", "ca", what));
        try {
            Instant nextUpdate = thisUpdate.plus(life());
            Crl full = new Crl(authority.name(), number, revoked.size(), content(revoked), thisUpdate, nextUpdate,
                RevocationList.sign(authority, new Issue(number, thisUpdate, nextUpdate), revoked, hasDeltas()));
            if (hasDeltas()) {
                store.store(full, delta(full, last));
            } else {
                store.store(full);
            }
            signedAt = thisUpdate;
            audit.record(new AuditEvent("crl.sign", "done", "ca", "ca", what));
            LOG.info("CRL {} of {} names {} certificates", number, authority.name(), revoked.size());
        } catch (GeneralSecurityException | RuntimeException e) {
            audit.record(new AuditEvent("crl.sign", "failed", "ca", "ca", what));
            throw e instanceof Problem problem ? problem : new Problem(Kind.INTERNAL, "The CRL cannot be signed.", e);
        }
    }

    /**
     * With the number of the full one that is signed at the same time (RFC 5280, 5.2.4). It counts from the oldest full one that somebody may still use, so that whoever has
     * one needs nothing else; once that one has ended, a newer one takes its place, and who has an older one fetches a full one.
     */
    private DeltaCrl delta(Crl full, Optional<Crl> last) throws GeneralSecurityException {
        Optional<DeltaCrl> before = store.lastDelta(authority.name());
        boolean goesOn = before.isPresent() && full.thisUpdate().isBefore(before.get().baseUpdate().plus(life()));
        long base = goesOn ? before.get().base() : last.map(Crl::number).orElse(full.number());
        Instant since = goesOn ? before.get().baseUpdate() : last.map(Crl::thisUpdate).orElse(full.thisUpdate());
        // Times are whole seconds, and the base may have been signed within the one of a revocation that it lacks. One that was released is named whether the base has it or
        // not: a list between the two may have had it (RFC 5280, 5.3.1)
        List<CertificateStatus> changed = ledger.movedSince(authority.name(), since.minus(COMMIT));
        Instant nextUpdate = full.thisUpdate().plus(DELTA_LIFE);
        return new DeltaCrl(authority.name(), full.number(), base, since, nextUpdate,
            RevocationList.signDelta(authority, new Issue(full.number(), full.thisUpdate(), nextUpdate), base, changed));
    }

    /** The root revokes what is below it, which is no matter of hours, and its key is often elsewhere. */
    private boolean hasDeltas() {
        return authority.chain().size() > 1;
    }

    /** Each change of a status has a number of its own, so that no other list has the same. */
    private static byte[] content(List<CertificateStatus> revoked) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            revoked.forEach(status -> digest.update((status.serial().toString(16) + ':' + status.change() + '\n').getBytes(StandardCharsets.US_ASCII)));
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private Duration life() {
        return LIVES.getOrDefault(authority.name(), Duration.ofDays(7));
    }
}
