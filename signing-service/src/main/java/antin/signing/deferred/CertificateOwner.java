package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.CertificateCheck;
import antin.signing.signature.PersonNumber;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificate it is: of the city's own, by the number in it; of another authority's, by whom it is registered for at backbone. Whoever asks for himself signs with his own; a system that has the
 * scope may ask for any that the city trusts, since nobody but its owner can make the value.
 */
public final class CertificateOwner {

    private final CertificateCheck certificates;
    private final OutsideOwners outside;

    public CertificateOwner(CertificateCheck certificates, OutsideOwners outside) {
        this.certificates = certificates;
        this.outside = outside;
    }

    /** @param chain was checked. @param person null where a system asks for itself. @throws Problem {@code NOT_ALLOWED}; {@code PEER_UNAVAILABLE} where nobody can say */
    void check(List<X509Certificate> chain, @Nullable String person) {
        if (person != null && owner(chain).filter(person::equals).isEmpty()) {
            throw new Problem(Kind.NOT_ALLOWED, "The certificate is not one of the person whom the token was given for.");
        }
    }

    private Optional<String> owner(List<X509Certificate> chain) {
        X509Certificate certificate = chain.getFirst();
        return certificates.isOfCity(chain) ? PersonNumber.of(certificate.getSubjectX500Principal().getName()) : outside.of(certificate);
    }
}
