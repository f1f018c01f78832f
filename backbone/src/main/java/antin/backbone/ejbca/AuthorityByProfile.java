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
        if (ejbca.knows(serial)) {
            return revokeThere(serial, reason, actor);
        }
        try {
            return own.revoke(serial, reason, actor);
        } catch (Problem e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            return revokeThere(serial, reason, actor); // issued there, by somebody else's wish
        }
    }

    @Override
    public CertificateStatus hold(BigInteger serial, String actor) {
        return holding(serial).hold(serial, actor);
    }

    @Override
    public CertificateStatus release(BigInteger serial, String actor) {
        return holding(serial).release(serial, actor);
    }

    /** Each authority as far as it can. */
    private CertificateHold holding(BigInteger serial) {
        if (!ejbca.knows(serial) && own instanceof CertificateHold hold) {
            return hold;
        }
        throw new Problem(Kind.NOT_ALLOWED, "The authority that issued this certificate holds none from here. Hold it there, or revoke it for good.");
    }

    @Override
    public void close() {
    }

    private CertificateStatus revokeThere(BigInteger serial, RevocationReason reason, String actor) {
        Map<String, String> what = Map.of("serial", serial.toString(16), "reason", reason.word());
        audit.record(new AuditEvent("certificate.revoke", "begun", actor, FROM, what));
        CertificateStatus status;
        try {
            status = ejbca.revoke(serial, reason, actor);
        } catch (RuntimeException e) {
            audit.record(new AuditEvent("certificate.revoke", "failed", actor, FROM, what));
            throw e;
        }
        boolean done = status.revocation().isPresent();
        audit.record(new AuditEvent("certificate.revoke", done ? "done" : "waits", actor, FROM, what));
        if (!done) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The revocation was asked for, and waits at EJBCA for an administrator's approval. It counts once it is approved there.");
        }
        return status;
    }
}
