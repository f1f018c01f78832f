package antin.backbone.enrolment;

import antin.backbone.approval.Approval;
import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestFile;
import antin.ca.enrol.RequestRefusal;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A certificate for an agency's or a system's key: one administrator sends the request that was made where the key is, another allows it, and it is carried out once. Safe for use by many
 * threads and several processes.
 */
public final class OrderCertificate {

    private static final Set<ApprovalAct> ACTS = Set.of(ApprovalAct.AGENCY_CERTIFICATE, ApprovalAct.SYSTEM_CERTIFICATE);

    private final JdbcClient database;
    private final EnrolledRows rows;
    private final Enrol enrol;
    private final OrderNames names;
    private final Approvals approvals;
    private final TransactionOperations transactions;

    public OrderCertificate(JdbcClient database, EnrolledRows rows, Enrol enrol, OrderNames names, Approvals approvals, TransactionOperations transactions) {
        this.database = database;
        this.rows = rows;
        this.enrol = enrol;
        this.names = names;
        this.approvals = approvals;
        this.transactions = transactions;
    }

    /** Throws {@link RequestRefusal} where the request is to blame, {@link Problem} NOT_ALLOWED and CONFLICT as {@link Approvals#ask} does. */
    public Approval askForAgency(Actor requester, String unit, CertificateKind kind, String untrustedAddress, byte[] untrustedFile, String reason, String from) {
        return ask(requester, ApprovalAct.AGENCY_CERTIFICATE, names.ofAgency(unit, kind, untrustedAddress, RequestFile.read(untrustedFile)), reason, from);
    }

    /** As {@link #askForAgency}. */
    public Approval askForSystem(Actor requester, String untrustedName, CertificateKind kind, List<String> untrustedHosts, byte[] untrustedFile, String reason, String from) {
        return ask(requester, ApprovalAct.SYSTEM_CERTIFICATE, names.ofSystem(untrustedName, kind, untrustedHosts, RequestFile.read(untrustedFile)), reason, from);
    }

    private Approval ask(Actor requester, ApprovalAct act, Order order, String reason, String from) {
        rows.asked(order.requestId()).filter(known -> known.state() != Enrolled.State.REFUSED).ifPresent(known -> {
            throw new RequestRefusal(known.owner().equals(order.owner()) ? RequestFault.KEY_USED : RequestFault.KEY_OF_ANOTHER);
        });
        Approval asked = transactions.execute(transaction -> {
            Approval approval = approvals.ask(requester, act, order.owner().id(), order.requestId(), reason, from);
            database.sql("INSERT INTO certificate_order (approval, owner_kind, owner, profile, subject, emails, hosts, pkcs10) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                .params(approval.id(), order.owner().kind().word(), order.owner().id(), order.kind().word(), order.subject().getName(), order.emails().toArray(new String[0]),
                    order.hosts().toArray(new String[0]), order.pkcs10()).update();
            return approval;
        });
        if (asked == null) {
            throw new IllegalStateException("The transaction answers.");
        }
        return asked;
    }

    /** What an approval is about. */
    public Optional<Order> subject(UUID approval) {
        return database.sql("SELECT * FROM certificate_order WHERE approval = ?").param(approval).query((row, number) -> new Order(
            new Owner(Owner.Kind.valueOf(row.getString("owner_kind").toUpperCase(Locale.ROOT)), row.getString("owner")), CertificateKind.of(row.getString("profile")).orElseThrow(),
            new X500Principal(row.getString("subject")), List.of((String[]) row.getArray("emails").getArray()), List.of((String[]) row.getArray("hosts").getArray()), row.getBytes("pkcs10"))).optional();
    }

    /** What became of an approval that was used. */
    public Optional<UUID> certificate(UUID approval) {
        return database.sql("SELECT certificate FROM certificate_order WHERE approval = ? AND certificate IS NOT NULL").param(approval).query((row, number) -> row.getObject(1, UUID.class)).optional();
    }

    /**
     * Has it issued, for who asked. Throws {@link Problem} for everybody else, CONFLICT for every second time and where the directory says something else than was allowed, and PEER_UNAVAILABLE
     * where the authority is away: the approval is used then, and the authority asked again by itself.
     */
    public Enrolled carryOut(Actor requester, UUID id, String from) {
        Approval approval = approvals.find(id).filter(asked -> asked.requester().equals(requester.number()) && ACTS.contains(asked.act()))
            .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such question."));
        approvals.requireRight(requester, approval);
        Order order = subject(id).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such request."));
        if (!names.now(order).saysAs(order)) {
            throw new Problem(Kind.CONFLICT, "The directory has other names now than the ones that were allowed. Ask anew.");
        }
        // One transaction: killed before its end, the approval is as it was; killed after it, the upkeep asks the authority
        Enrolled known = transactions.execute(transaction -> {
            approvals.consume(id, approval.act(), requester.number(), from);
            Enrolled intended = enrol.intend(new Enrol.Wish(order.owner(), order.kind(), order.subject(), order.emails(), order.hosts(), order.pkcs10(), requester.number(), from), fresh -> { });
            database.sql("UPDATE certificate_order SET certificate = ? WHERE approval = ?").params(intended.id(), id).update();
            return intended;
        });
        if (known == null) {
            throw new IllegalStateException("The transaction answers.");
        }
        return enrol.meet(known, from);
    }
}
