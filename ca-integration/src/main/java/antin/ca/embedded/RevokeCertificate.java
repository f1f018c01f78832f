package antin.ca.embedded;

import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.ca.ledger.ChangeNumbers;
import antin.ca.ledger.Ledger;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import io.micrometer.core.instrument.Counter;
import java.math.BigInteger;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Takes a certificate back: in the ledger, then on a CRL, then the answer. */
final class RevokeCertificate {

    private static final long PATIENCE_SECONDS = 15;

    private final Ledger ledger;
    private final Map<String, CrlPublisher> crls;
    private final ChangeNumbers numbers;
    private final Settling settling;
    private final AuditLog audit;
    private final Clock clock;
    private final Counter revoked;

    RevokeCertificate(Ledger ledger, Map<String, CrlPublisher> crls, ChangeNumbers numbers, Settling settling, AuditLog audit, Clock clock, Counter revoked) {
        this.ledger = ledger;
        this.crls = Map.copyOf(crls);
        this.numbers = numbers;
        this.settling = settling;
        this.audit = audit;
        this.clock = clock;
        this.revoked = revoked;
    }

    CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        // Step 1: what can be refused without a trace
        CertificateStatus before = known(serial);
        CrlPublisher crl = Optional.ofNullable(crls.get(before.issuer())).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED,
            "No CRL can be signed for the authority " + before.issuer() + " here: internal certificates are replaced, not revoked,"
            + " and the root's key may lie elsewhere."));
        if (crl.isOwn(serial)) {
            throw new Problem(Kind.NOT_ALLOWED, "An authority's own certificate at the top is not revoked: stop trusting it instead.");
        }
        if (before.revocation().isPresent()) {
            crl.catchUp();
            return before;
        }
        // Step 2: the audit's line before
        Map<String, String> what = Map.of("serial", serial.toString(16), "reason", reason.word());
        audit.record(new AuditEvent("certificate.revoke", "begun", actor, "ca", what));
        // Step 3: the ledger; where its answer is lost, the revocation is repeated until it stands
        boolean first = settled(serial, new Revocation(clock.instant().truncatedTo(ChronoUnit.SECONDS), reason));
        // Step 4: the CRL, before anybody is told
        crl.publish();
        // Step 5: the audit's line after; only now the answer
        audit.record(new AuditEvent("certificate.revoke", first ? "done" : "was revoked already", actor, "ca", what));
        return known(serial);
    }

    private boolean settled(BigInteger serial, Revocation revocation) {
        long change = numbers.take();
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        settling.settle(() -> ledger.revoke(serial, revocation, change), first -> {
            numbers.settle(change);
            if (first) {
                revoked.increment();
            }
            outcome.complete(first);
        });
        try {
            return outcome.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The ledger does not answer.", e);
        }
    }

    private CertificateStatus known(BigInteger serial) {
        return ledger.find(serial).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "No certificate with the serial " + serial.toString(16) + " was issued."));
    }
}
