package antin.backbone.enrolment;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import java.util.Map;

/** Revokes a certificate, for good. Who may is decided before. Safe for use by many threads. */
public final class TakeBack {

    /** Who hears of each revocation before it is answered, so that status answers have it. */
    public interface Learning {
        void learn(CertificateStatus status);
    }

    private static final String ACT = "certificate.revoke";

    private final EnrolledRows rows;
    private final CertificateAuthority authority;
    private final MailCertificates directory;
    private final Learning learn;
    private final Outcomes outcomes;

    public TakeBack(EnrolledRows rows, CertificateAuthority authority, MailCertificates directory, Learning learn, Outcomes outcomes) {
        this.rows = rows;
        this.authority = authority;
        this.directory = directory;
        this.learn = learn;
        this.outcomes = outcomes;
    }

    /** Throws {@link Problem} CONFLICT where there is nothing to revoke, PEER_UNAVAILABLE where the authority is away: ask again then. */
    public void revoke(Enrolled certificate, RevocationReason reason, String by, String from) {
        Enrolled.Issued issued = certificate.issued().filter(present -> certificate.state() == Enrolled.State.ISSUED || certificate.isHeld())
            .orElseThrow(() -> new Problem(Kind.CONFLICT, "There is nothing to revoke."));
        Map<String, String> what = Map.of("serial", issued.serial(), "revocation-reason", reason.word(), "owner", certificate.owner().id(), "name", certificate.kind().word());
        outcomes.tell(ACT, "begun", by, from, what);
        try {
            CertificateStatus status = authority.revoke(issued.number(), reason, by);
            Revocation revocation = status.revocation().orElseThrow(() -> new Problem(Kind.INTERNAL, "The authority did not revoke."));
            rows.revoked(certificate.id(), revocation.time(), revocation.reason().word());
            outcomes.tell(ACT, "done", by, from, what);
            learn.learn(status);
        } catch (RuntimeException e) {
            outcomes.tell(ACT, "failed", by, from, what);
            throw e;
        }
        if (certificate.kind().isForMail() && certificate.owner().kind() == Owner.Kind.PERSON) {
            directory.bringUpToDateOrLater(certificate.owner().id());
        }
    }
}
