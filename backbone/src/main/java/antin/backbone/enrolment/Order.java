package antin.backbone.enrolment;

import antin.ca.enrol.RequestId;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * A certificate that one administrator wants for an agency or a system, and another one has to allow.
 *
 * @param subject as the directory had it when it was asked for
 * @param pkcs10  in DER; only its key is used
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Order(Owner owner, CertificateKind kind, X500Principal subject, List<String> emails, List<String> hosts, byte[] pkcs10) {

    public Order {
        emails = List.copyOf(emails);
        hosts = List.copyOf(hosts);
    }

    /** Names the wish by its key. */
    String requestId() {
        return RequestId.of(kind.word(), pkcs10);
    }

    /** Whether the certificate would say the same. */
    boolean saysAs(Order other) {
        return owner.equals(other.owner) && kind == other.kind && subject.equals(other.subject) && emails.equals(other.emails) && hosts.equals(other.hosts);
    }
}
