package antin.backbone.external;

import antin.backbone.approval.Approval;
import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.ca.external.Challenge;
import antin.ca.external.OutsideFault;
import antin.ca.external.OutsideRefusal;
import antin.ca.external.Owner;
import antin.ca.external.Proof;
import antin.ca.external.Registered;
import antin.ca.external.Registrations;
import antin.directory.Person;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.UUID;

/**
 * Registers a certificate that was issued elsewhere. One whose name is not the directory's waits until an administrator of the owner, never the one who registers, allowed it on the
 * page of approvals. Safe for use by many threads and several processes.
 */
public final class RegisterOutside {

    private static final String PURPOSE = "signing";

    private final Registrations registrations;
    private final OutsideOwners owners;
    private final Approvals approvals;
    private final OutsideNews news;

    public RegisterOutside(Registrations registrations, OutsideOwners owners, Approvals approvals, OutsideNews news) {
        this.registrations = registrations;
        this.owners = owners;
        this.approvals = approvals;
        this.news = news;
    }

    /** Throws {@link OutsideRefusal} where this certificate could not be registered anyway. @param unit empty for one's own */
    public Challenge begin(Person person, String unit, byte[] untrustedCertificate) {
        if (untrustedCertificate.length == 0) {
            throw new OutsideRefusal(OutsideFault.MISSING);
        }
        return registrations.challenge(owners.of(person, unit), person.number(), PURPOSE, untrustedCertificate);
    }

    /** What this person was asked to sign, while it can be answered. Throws {@code CHALLENGE_OVER}. */
    public Challenge asked(Person person, String id) {
        return registrations.waiting(id, person.number()).orElseThrow(() -> new OutsideRefusal(OutsideFault.CHALLENGE_OVER));
    }

    public Registered finish(Person person, String id, Proof proof, String from) {
        Owner owner = owners.known(person, asked(person, id).owner());
        Registered registered = registrations.register(owner, person.number(), id, proof, from);
        if (registered.state() == Registered.State.WAITING) {
            ask(person, registered, from);
        }
        return registered;
    }

    private void ask(Person person, Registered registered, String from) {
        String subject = registered.x509().getSubjectX500Principal().getName();
        try {
            Approval asked = approvals.ask(owners.actor(person.number()), ApprovalAct.OUTSIDE_CERTIFICATE, person.number(),
                subject.length() > Approvals.LONGEST_REASON ? subject.substring(0, Approvals.LONGEST_REASON) : subject, from);
            registrations.asked(registered, asked.id());
        } catch (Problem e) {
            registrations.drop(registered, person.number(), from);
            if (e.kind() == Kind.CONFLICT) {
                throw new OutsideRefusal(OutsideFault.WAITS_ALREADY);
            }
            throw e;
        }
    }

    /** Does what was decided; nothing where nobody decided yet. Throws {@link OutsideRefusal} where the certificate's authority does not tell now: tried again later. */
    public void settle(UUID approval, String from) {
        registrations.ofApproval(approval).filter(one -> one.state() == Registered.State.WAITING).ifPresent(one -> approvals.find(approval).ifPresent(decided -> settle(one, decided, from)));
    }

    /** What the page of the decision left behind, and what nobody decided in time. */
    void settleAll() {
        registrations.waiting().forEach(one -> one.approval().ifPresent(approval -> {
            try {
                settle(approval, "");
            } catch (OutsideRefusal e) {
                // asked again in the next round
            }
        }));
    }

    private void settle(Registered one, Approval decided, String from) {
        String by = decided.decidedBy().orElse(decided.requester());
        switch (decided.state()) {
            case OPEN -> { }
            case GIVEN -> {
                registrations.checkAgain(one);
                approvals.consume(decided.id(), ApprovalAct.OUTSIDE_CERTIFICATE, by, from);
                registrations.accept(one, by, from);
            }
            case USED -> registrations.accept(one, by, from); // a process died in between
            case REFUSED, EXPIRED -> {
                if (registrations.drop(one, by, from)) {
                    news.notAllowed(one);
                }
            }
        }
    }
}
