package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificate it is: a person's names that person's number as UID (RFC 4519, 2.39). Whoever asks for himself signs with his own; a system that has the
 * scope may ask for any that the city trusts, since nobody but its owner can make the value.
 */
final class CertificateOwner {

    private CertificateOwner() {
    }

    static void check(X509Certificate certificate, @Nullable String person) {
        if (person != null && !isOf(certificate, person)) {
            throw new Problem(Kind.NOT_ALLOWED, "The certificate is not one of the person whom the token was given for.");
        }
    }

    private static boolean isOf(X509Certificate certificate, String person) {
        try {
            LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName("RFC2253", java.util.Map.of("0.9.2342.19200300.100.1.1", "UID")));
            return subject.getRdns().stream().anyMatch(rdn -> rdn.getType().equalsIgnoreCase("UID") && person.equals(rdn.getValue()));
        } catch (InvalidNameException e) {
            return false;
        }
    }
}
