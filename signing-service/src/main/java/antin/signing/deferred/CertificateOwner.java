package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.PersonNumber;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificate it is, by the number in it. Whoever asks for himself signs with his own; a system that has the
 * scope may ask for any that the city trusts, since nobody but its owner can make the value.
 */
final class CertificateOwner {

    private CertificateOwner() {
    }

    static void check(X509Certificate certificate, @Nullable String person) {
        if (person != null && PersonNumber.of(certificate.getSubjectX500Principal().getName()).filter(person::equals).isEmpty()) {
            throw new Problem(Kind.NOT_ALLOWED, "The certificate is not one of the person whom the token was given for.");
        }
    }
}
