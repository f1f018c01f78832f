package antin.backbone.enrolment;

import antin.ca.CertificateHold;
import antin.ca.CertificateStatus;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import java.time.Duration;
import java.util.Map;

/** Holds a certificate for a time, and releases it (in Vietnamese law "tạm dừng" and "khôi phục"). Who may is decided before. Safe for use by many threads. */
public final class SetAside {

    /** Whose certificates can be held. */
    public record Door(CertificateHold authority) {
    }

    private static final Duration COPIED_WITHIN = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(50);

    private final EnrolledRows rows;
    private final CertificateHold authority;
    private final MailCertificates directory;
    private final TakeBack.Learning learn;
    private final Outcomes outcomes;

    public SetAside(EnrolledRows rows, Door door, MailCertificates directory, TakeBack.Learning learn, Outcomes outcomes) {
        this.rows = rows;
        this.authority = door.authority;
        this.directory = directory;
        this.learn = learn;
        this.outcomes = outcomes;
    }

    /** Whether its authority holds certificates from here. */
    public boolean isPossible(Enrolled certificate) {
        return certificate.issued().filter(issued -> rows.isOurs(issued.serial())).isPresent();
    }

    /** Throws {@link Problem} CONFLICT where it is not good, PEER_UNAVAILABLE where the authority is away. */
    public void hold(Enrolled certificate, String by, String from) {
        change(certificate, true, by, from);
    }

    /** Throws {@link Problem} CONFLICT where it is not held, PEER_UNAVAILABLE where the authority is away. */
    public void release(Enrolled certificate, String by, String from) {
        change(certificate, false, by, from);
    }

    private void change(Enrolled certificate, boolean held, String by, String from) {
        Enrolled.Issued issued = certificate.issued().filter(present -> certificate.state() == (held ? Enrolled.State.ISSUED : Enrolled.State.HELD))
            .orElseThrow(() -> new Problem(Kind.CONFLICT, held ? "There is nothing to hold." : "It is not held."));
        String act = held ? "certificate.hold" : "certificate.release";
        Map<String, String> what = Map.of("serial", issued.serial(), "owner", certificate.owner().id(), "name", certificate.kind().word());
        outcomes.tell(act, "begun", by, from, what);
        try {
            CertificateStatus status = held ? authority.hold(issued.number(), by) : authority.release(issued.number(), by);
            outcomes.tell(act, "done", by, from, what);
            learn.learn(status);
        } catch (RuntimeException e) {
            outcomes.tell(act, "failed", by, from, what);
            throw e;
        }
        awaitCopy(certificate, held);
        if (certificate.kind().isForMail() && certificate.owner().kind() == Owner.Kind.PERSON) {
            directory.bringUpToDateOrLater(certificate.owner().id());
        }
    }

    /** The copy of the statuses follows in a moment; the next page shows what was done where it is waited for, and a moment later where not. */
    private void awaitCopy(Enrolled certificate, boolean held) {
        for (Duration waited = Duration.ZERO; waited.compareTo(COPIED_WITHIN) < 0 && rows.find(certificate.id()).filter(now -> now.isHeld() == held).isEmpty(); waited = waited.plus(LOOK)) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
