package antin.signing.dss;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.tsp.TimeStampToken;

/** Who made a time stamp (RFC 3161): the chain from the certificate that its token names to a root that is trusted now. */
final class StampAuthority {

    private static final int LONGEST = 8;

    private StampAuthority() {
    }

    /**
     * The authority's own certificate first; empty where it leads to no root by what is known.
     *
     * @param beside certificates that the token may not bring itself
     */
    static Optional<List<X509Certificate>> chain(TimeStampToken token, List<X509Certificate> beside, Collection<X509Certificate> roots) throws IOException, GeneralSecurityException {
        List<X509Certificate> known = new ArrayList<>();
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
        for (X509CertificateHolder one : token.getCertificates().getMatches(null)) {
            known.add(converter.getCertificate(one));
        }
        known.addAll(beside);
        List<X509Certificate> chain = new ArrayList<>();
        for (X509Certificate one : known) {
            if (chain.isEmpty() && token.getSID().match(new JcaX509CertificateHolder(one))) {
                chain.add(one);
            }
        }
        while (!chain.isEmpty() && chain.size() < LONGEST && !roots.contains(chain.getLast())) {
            X500Principal issuer = chain.getLast().getIssuerX500Principal();
            Optional<X509Certificate> next = Stream.concat(known.stream(), roots.stream()).filter(one -> one.getSubjectX500Principal().equals(issuer)).findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            chain.add(next.get());
        }
        return chain.isEmpty() || !roots.contains(chain.getLast()) ? Optional.empty() : Optional.of(chain);
    }
}
