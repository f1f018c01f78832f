package antin.backbone.ejbca;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateHold;
import antin.ca.CertificateRequest;
import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaCertificateAuthority;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * EJBCA for the profiles that are configured for it, {@code ca} for all others. What EJBCA issues and revokes is written into this process's audit, since no
 * {@code ca} writes it. Safe for use by many threads.
 */
public final class AuthorityByProfile implements CertificateAuthority, CertificateHold {

    private static final String FROM = "ejbca";

    private final CertificateAuthority own;
    private final EjbcaCertificateAuthority ejbca;
    private final AuditLog audit;

    /** Both are closed by who made them. */
    public AuthorityByProfile(CertificateAuthority own, EjbcaCertificateAuthority ejbca, AuditLog audit) {
        this.own = own;
        this.ejbca = ejbca;
        this.audit = audit;
    }

    @Override
    public IssuedCertificate issue(CertificateRequest request) {
        if (!ejbca.profiles().contains(request.profile())) {
            return own.issue(request);
        }
        Map<String, String> what = new TreeMap<>(Map.of("request", request.id(), "profile", request.profile()));
        audit.record(new AuditEvent("certificate.issue", "begun", request.actor(), FROM, what));
        try {
            IssuedCertificate issued = ejbca.issue(request);
            what.put("serial", issued.certificate().getSerialNumber().toString(16));
            audit.record(new AuditEvent("certificate.issue", "done", request.actor(), FROM, what));
            return issued;
        } catch (RuntimeException e) {
            audit.record(new AuditEvent("certificate.issue", "failed", request.actor(), FROM, what));
            throw e;
        }
    }

    /** Where EJBCA asks for approvals: {@code PEER_UNAVAILABLE}, and asking again answers the revocation once it is approved. */
    @Override
    public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        return where(serial, () -> own.revoke(serial, reason, actor),
            () -> change("certificate.revoke", serial, actor, Map.of("reason", reason.word()), () -> ejbca.revoke(serial, reason, actor),
                status -> status.revocation().isPresent() && !status.isHeld()));
    }

    /** Where EJBCA asks for approvals, as {@link #revoke}. */
    @Override
    public CertificateStatus hold(BigInteger serial, String actor) {
        return where(serial, () -> holding().hold(serial, actor),
            () -> change("certificate.hold", serial, actor, Map.of(), () -> ejbca.hold(serial, actor), CertificateStatus::isHeld));
    }

    /** As {@link #hold}. */
    @Override
    public CertificateStatus release(BigInteger serial, String actor) {
        return where(serial, () -> holding().release(serial, actor),
            () -> change("certificate.release", serial, actor, Map.of(), () -> ejbca.release(serial, actor), status -> !status.isHeld()));
    }

    /** At the one that issued it. One that nobody here asked for may have been issued there, by somebody else's wish. */
    private CertificateStatus where(BigInteger serial, Supplier<CertificateStatus> here, Supplier<CertificateStatus> there) {
        if (ejbca.knows(serial)) {
            return there.get();
        }
        try {
            return here.get();
        } catch (Problem e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            return there.get();
        }
    }

    private CertificateHold holding() {
        if (own instanceof CertificateHold hold) {
            return hold;
        }
        throw new Problem(Kind.NOT_ALLOWED, "The authority that issued this certificate holds none from here. Revoke it for good.");
    }

    @Override
    public void close() {
    }

    private CertificateStatus change(String act, BigInteger serial, String actor, Map<String, String> more, Supplier<CertificateStatus> call, Predicate<CertificateStatus> isDone) {
        Map<String, String> what = new TreeMap<>(more);
        what.put("serial", serial.toString(16));
        audit.record(new AuditEvent(act, "begun", actor, FROM, what));
        CertificateStatus status;
        try {
            status = call.get();
        } catch (RuntimeException e) {
            audit.record(new AuditEvent(act, "failed", actor, FROM, what));
            throw e;
        }
        boolean done = isDone.test(status);
        audit.record(new AuditEvent(act, done ? "done" : "waits", actor, FROM, what));
        if (!done) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "It was asked for, and waits at EJBCA for an administrator's approval. It counts once it is approved there.");
        }
        return status;
    }
}
