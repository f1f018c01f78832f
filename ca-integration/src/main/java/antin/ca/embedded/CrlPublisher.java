package antin.ca.embedded;

import antin.ca.CertificateStatus;
import antin.ca.authority.Authority;
import antin.ca.authority.RevocationList;
import antin.ca.ledger.CrlStore;
import antin.ca.ledger.CrlStore.Crl;
import antin.ca.ledger.Ledger;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the CRL of one authority: signed anew with each revocation, and before it grows old. Safe for use by many threads. */
final class CrlPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(CrlPublisher.class);
    private static final Map<String, Duration> LIVES = Map.of("issuing", Duration.ofDays(7), "root", Duration.ofDays(180));

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

    /** Signs anew where the last one is missing, half through its life, or lacks a revocation. */
    void renew() {
        Optional<Crl> last = store.last(authority.name());
        signedAt = last.map(Crl::thisUpdate).orElse(signedAt);
        if (last.isEmpty() || last.get().revocations() != ledger.revoked(authority.name()).size()
            || clock.instant().isAfter(last.get().nextUpdate().minus(life().dividedBy(2)))) {
            publish();
        } else {
            catchUp();
        }
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
        long number = store.last(authority.name()).map(Crl::number).orElse(0L) + 1;
        Map<String, String> what = Map.of("issuer", authority.name(), "number", Long.toString(number), "revocations", Integer.toString(revoked.size()));
        audit.record(new AuditEvent("crl.sign", "begun", "ca", "ca", what));
        try {
            Instant thisUpdate = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            Instant nextUpdate = thisUpdate.plus(life());
            store.store(new Crl(authority.name(), number, revoked.size(), thisUpdate, nextUpdate,
                RevocationList.sign(authority, number, revoked, thisUpdate, nextUpdate)));
            signedAt = thisUpdate;
            audit.record(new AuditEvent("crl.sign", "done", "ca", "ca", what));
            LOG.info("CRL {} of {} names {} certificates", number, authority.name(), revoked.size());
        } catch (GeneralSecurityException | RuntimeException e) {
            audit.record(new AuditEvent("crl.sign", "failed", "ca", "ca", what));
            throw e instanceof Problem problem ? problem : new Problem(Kind.INTERNAL, "The CRL cannot be signed.", e);
        }
    }

    private Duration life() {
        return LIVES.getOrDefault(authority.name(), Duration.ofDays(7));
    }
}
