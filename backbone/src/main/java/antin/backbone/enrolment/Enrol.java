package antin.backbone.enrolment;

import antin.backbone.enrolment.Enrolled.Issued;
import antin.backbone.enrolment.Enrolled.State;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateAuthority.IssuedCertificate;
import antin.ca.CertificateRequest;
import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestFile;
import antin.ca.enrol.RequestId;
import antin.ca.enrol.RequestRefusal;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks the authority for a certificate, once for each key, however often the process dies in between. Who may ask is decided before. Safe for use by many threads and several
 * processes.
 */
public final class Enrol {

    /**
     * What shall be certified.
     *
     * @param subject as the directory has it, never as the request says
     * @param hosts   of a TLS server, checked
     * @param pkcs10  from a stranger, in DER; only its key is used
     * @param askedBy a person's number
     * @param from    the address they ask from
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Wish(Owner owner, CertificateKind kind, X500Principal subject, List<String> emails, List<String> hosts, byte[] pkcs10, String askedBy, String from) {

        CertificateRequest request() {
            return new CertificateRequest(RequestId.of(kind.word(), pkcs10), kind.word(), subject, emails, pkcs10, askedBy, hosts);
        }
    }

    private static final String ACT = "certificate.enrol";

    private final EnrolledRows rows;
    private final CertificateAuthority authority;
    private final MailCertificates directory;
    private final TransactionOperations transactions;
    private final Outcomes outcomes;
    private final Clock clock;

    public Enrol(EnrolledRows rows, CertificateAuthority authority, MailCertificates directory, TransactionOperations transactions, Outcomes outcomes, Clock clock) {
        this.rows = rows;
        this.authority = authority;
        this.directory = directory;
        this.transactions = transactions;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * Returns the certificate, the same for the same key. Throws {@link RequestRefusal} where the request is to blame, and {@link Problem} PEER_UNAVAILABLE where the authority does
     * not answer: then it is asked again by itself.
     */
    public Enrolled enrol(Wish wish) {
        return enrol(wish, id -> { });
    }

    /** {@code beside} is called with a new certificate's id, in the transaction that stores the intent; not where the same was asked before. */
    Enrolled enrol(Wish wish, Consumer<UUID> beside) {
        return meet(intend(wish, beside), wish.from);
    }

    /** The first half: where this returns, and the transaction that it may be part of is committed, the wish is met, at once by {@link #meet} or later by the upkeep. */
    Enrolled intend(Wish wish, Consumer<UUID> beside) {
        // Step 1: what a look at the request tells
        RequestFile.check(wish.pkcs10);
        // Step 2: the intent
        Enrolled known = transactions.execute(transaction -> store(wish, beside));
        if (known == null) {
            throw new IllegalStateException("The transaction answers.");
        }
        if (!known.owner().equals(wish.owner)) {
            outcomes.refused(ACT, wish.askedBy, wish.from, "a key of another's");
            throw new RequestRefusal(RequestFault.KEY_OF_ANOTHER);
        }
        if (known.state() != State.ASKED && !known.isGood(clock.instant())) {
            throw new RequestRefusal(RequestFault.KEY_USED);
        }
        return known;
    }

    Enrolled meet(Enrolled known, String from) {
        return known.state() == State.ASKED ? ask(known.id(), from) : known; // else a form that was sent twice
    }

    private Enrolled store(Wish wish, Consumer<UUID> beside) {
        UUID fresh = UUID.randomUUID();
        Enrolled known = rows.intend(fresh, wish.owner, wish.kind, wish.request());
        if (known.id().equals(fresh)) {
            beside.accept(fresh);
        }
        return known;
    }

    /** Also for what a crash left unanswered: the same id and content as the first time. */
    Enrolled ask(UUID id, String from) {
        EnrolledRows.Wish wish = rows.wish(id);
        CertificateRequest request = wish.request();
        Map<String, String> what = Map.of("id", request.id(), "profile", request.profile(), "subject", request.subject().getName());
        // Step 3: the audit's line before
        outcomes.tell(ACT, "begun", request.actor(), from, what);
        IssuedCertificate answer;
        try {
            // Step 4: the authority, which issues once for each id
            answer = authority.issue(request);
        } catch (Problem e) {
            if (e.kind() == Kind.MALFORMED_REQUEST || e.kind() == Kind.CONFLICT || e.kind() == Kind.NOT_ALLOWED || e.kind() == Kind.MALFORMED_DOCUMENT) {
                rows.refused(id, e.detail());
                outcomes.tell(ACT, "refused", request.actor(), from, Map.of("id", request.id(), "reason", e.detail()));
                throw new RequestRefusal(e.kind() == Kind.CONFLICT ? RequestFault.KEY_USED : RequestFault.REFUSED, e.detail());
            }
            outcomes.tell(ACT, "unanswered", request.actor(), from, Map.of("id", request.id()));
            throw e;
        }
        // Step 5: its answer, and the audit's line after
        rows.issued(id, Issued.of(answer.certificate(), answer.authorities()));
        Enrolled enrolled = rows.find(id).orElseThrow();
        outcomes.tell(ACT, "done", request.actor(), from, Map.of("id", request.id(), "serial", answer.certificate().getSerialNumber().toString(16), "name", request.profile()));
        // Step 6: where others look; what fails here is mended by the upkeep
        if (enrolled.kind().isForMail() && enrolled.owner().kind() == Owner.Kind.PERSON) {
            directory.bringUpToDateOrLater(enrolled.owner().id());
        }
        return enrolled;
    }
}
