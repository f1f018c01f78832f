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
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigInteger;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Takes a certificate back, for good or for a time, and releases it: in the ledger, then on a CRL, then the answer. */
final class RevokeCertificate {

    /** In the ledger, under the number of the change; false where it says so already. */
    private interface Write {
        boolean now(long change) throws SQLException;
    }

    /** One kind of change: {@code act} for the audit, {@code stands} where there is nothing to do, {@code counter} by its meter's name. */
    private record Change(String act, Map<String, String> what, Predicate<CertificateStatus> stands, Write write, String counter) {
    }

    private static final long PATIENCE_SECONDS = 15;

    private final Ledger ledger;
    private final Map<String, CrlPublisher> crls;
    private final ChangeNumbers numbers;
    private final Settling settling;
    private final AuditLog audit;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final Turns turns = new Turns();

    RevokeCertificate(Ledger ledger, Map<String, CrlPublisher> crls, ChangeNumbers numbers, Settling settling, AuditLog audit, Clock clock, MeterRegistry metrics) {
        this.ledger = ledger;
        this.crls = Map.copyOf(crls);
        this.numbers = numbers;
        this.settling = settling;
        this.audit = audit;
        this.clock = clock;
        this.metrics = metrics;
        metrics.counter("antin.ca.revoked"); // shown from the start
    }

    CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        if (reason == RevocationReason.CERTIFICATE_HOLD) {
            throw new Problem(Kind.MALFORMED_REQUEST, "certificateHold is no reason to revoke for good: hold the certificate instead.");
        }
        // A held one was not trusted since it was held, and is not now: that time stays
        Revocation revocation = new Revocation(second(), reason);
        return change(serial, new Change("certificate.revoke", Map.of("serial", serial.toString(16), "reason", reason.word()), RevokeCertificate::isForGood,
            number -> ledger.revoke(serial, revocation, clock.instant(), number), "antin.ca.revoked"), actor);
    }

    CertificateStatus hold(BigInteger serial, String actor) {
        Instant time = second();
        return change(serial, new Change("certificate.hold", Map.of("serial", serial.toString(16)), before -> refusedForGood(before).isHeld(),
            number -> ledger.hold(serial, time, clock.instant(), number), "antin.ca.held"), actor);
    }

    CertificateStatus release(BigInteger serial, String actor) {
        return change(serial, new Change("certificate.release", Map.of("serial", serial.toString(16)), before -> !refusedForGood(before).isHeld(),
            number -> ledger.release(serial, clock.instant(), number), "antin.ca.released"), actor);
    }

    private CertificateStatus change(BigInteger serial, Change change, String actor) {
        // Step 1: what can be refused without a trace
        CrlPublisher crl = crlOf(known(serial));
        turns.begin(serial, PATIENCE_SECONDS);
        boolean first;
        try {
            CertificateStatus before = known(serial);
            if (change.stands.test(before)) {
                turns.end(serial);
                crl.catchUp();
                return before;
            }
            // Step 2: the audit's line before
            audit.record(new AuditEvent(change.act, "begun", actor, "ca", change.what));
        } catch (RuntimeException e) {
            turns.end(serial);
            throw e;
        }
        // Step 3: the ledger; where its answer is lost, the change is repeated until it stands
        first = settled(serial, change);
        // Step 4: the CRL, before anybody is told
        crl.publish();
        // Step 5: the audit's line after; only now the answer
        audit.record(new AuditEvent(change.act, first ? "done" : "was done already", actor, "ca", change.what));
        return known(serial);
    }

    private CrlPublisher crlOf(CertificateStatus status) {
        CrlPublisher crl = Optional.ofNullable(crls.get(status.issuer())).orElseThrow(() -> new Problem(Kind.NOT_ALLOWED,
            "No CRL can be signed for the authority " + status.issuer() + " here: internal certificates are replaced, not revoked,"
            + " and the root's key may lie elsewhere."));
        if (crl.isOwn(status.serial())) {
            throw new Problem(Kind.NOT_ALLOWED, "An authority's own certificate at the top is not revoked: stop trusting it instead.");
        }
        return crl;
    }

    private boolean settled(BigInteger serial, Change change) {
        long number = numbers.take();
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        try {
            settling.settle(() -> change.write.now(number), first -> {
                numbers.settle(number);
                turns.end(serial);
                if (first) {
                    metrics.counter(change.counter).increment();
                }
                outcome.complete(first);
            });
        } catch (RuntimeException e) { // refused at the first attempt: it can never be committed
            numbers.settle(number);
            turns.end(serial);
            throw e;
        }
        try {
            return outcome.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The ledger does not answer.", e);
        }
    }

    private static boolean isForGood(CertificateStatus status) {
        return status.revocation().isPresent() && !status.isHeld();
    }

    private static CertificateStatus refusedForGood(CertificateStatus status) {
        if (isForGood(status)) {
            throw new Problem(Kind.CONFLICT, "The certificate is revoked for good.");
        }
        return status;
    }

    private Instant second() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    private CertificateStatus known(BigInteger serial) {
        return ledger.find(serial).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "No certificate with the serial " + serial.toString(16) + " was issued."));
    }
}
