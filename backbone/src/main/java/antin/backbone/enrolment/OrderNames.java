package antin.backbone.enrolment;

import antin.backbone.certificates.SubjectNames;
import antin.ca.enrol.RequestFault;
import antin.ca.enrol.RequestRefusal;
import antin.directory.FunctionalMailbox;
import antin.directory.Register;
import antin.directory.UnitEntry;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What certificates of agencies and systems say: agencies' names and addresses come from the directory, systems' are checked. Safe for use by many threads. */
public final class OrderNames {

    /** Names that people and agencies have are made of more parts, so that no system passes for one of them. */
    private static final Pattern SYSTEM = Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{N} ._-]{0,62}[\\p{L}\\p{N}])?");

    private final Register register;
    private final EnrolledRows rows;
    private final HostRules hosts;

    public OrderNames(Register register, EnrolledRows rows, HostRules hosts) {
        this.register = register;
        this.rows = rows;
        this.hosts = hosts;
    }

    /** Which addresses the directory gives an agency: its public one first, then its functional mailboxes'. */
    public List<String> addresses(UnitEntry unit) {
        List<String> addresses = new ArrayList<>(unit.mail().isEmpty() ? List.of() : List.of(unit.mail()));
        register.mailboxes().stream().filter(mailbox -> mailbox.active() && mailbox.unit().equals(unit.id())).map(FunctionalMailbox::address).sorted()
            .filter(address -> !addresses.contains(address)).forEach(addresses::add);
        return addresses;
    }

    /** {@code untrustedAddress} is for mail alone. Throws {@link RequestRefusal}. */
    Order ofAgency(String id, CertificateKind kind, String untrustedAddress, byte[] pkcs10) {
        UnitEntry unit = register.unit(id).filter(UnitEntry::active).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such unit."));
        if (!CertificateKind.of(Owner.Kind.UNIT).contains(kind)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "No such kind.");
        }
        if (kind.isForMail() && unit.organizationId().isEmpty()) {
            throw new RequestRefusal(RequestFault.NO_AGENCY_NUMBER); // without it the authority takes it for a device's
        }
        List<String> emails = kind.isForMail() ? List.of(Optional.of(untrustedAddress).filter(addresses(unit)::contains).orElseThrow(() -> new RequestRefusal(RequestFault.NO_ADDRESS)))
            : unit.mail().isEmpty() ? List.of() : List.of(unit.mail());
        return new Order(Owner.unit(id), kind, SubjectNames.of(unit), emails, List.of(), pkcs10);
    }

    /** Throws {@link RequestRefusal}. */
    Order ofSystem(String untrustedName, CertificateKind kind, List<String> untrustedHosts, byte[] pkcs10) {
        if (!CertificateKind.of(Owner.Kind.SYSTEM).contains(kind)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "No such kind.");
        }
        if (!SYSTEM.matcher(untrustedName).matches()) {
            throw new RequestRefusal(RequestFault.SYSTEM_NAME);
        }
        List<String> checked = kind == CertificateKind.TLS_SERVER ? hosts.checked(untrustedHosts) : List.of();
        if (rows.isOfAnother(checked, untrustedName)) {
            throw new RequestRefusal(RequestFault.HOST_OF_ANOTHER);
        }
        return new Order(Owner.system(untrustedName), kind, SubjectNames.ofSystem(untrustedName), List.of(), checked, pkcs10);
    }

    /** What is asked for in {@code order}, as it would be asked for now. */
    Order now(Order order) {
        return order.owner().kind() == Owner.Kind.UNIT ? ofAgency(order.owner().id(), order.kind(), order.emails().isEmpty() ? "" : order.emails().getFirst(), order.pkcs10())
            : ofSystem(order.owner().id(), order.kind(), order.hosts(), order.pkcs10());
    }
}
