package antin.signing.dss;

import antin.signing.LastUsed;
import eu.europa.esig.dss.model.x509.CertificateToken;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;

/** Certificates as DSS has them, the last ones used: each remembers whose signature on it was found good, so a chain is verified once and not for every document. */
final class KnownCertificates {

    private static final int MOST = 1_000;

    private final Map<X509Certificate, CertificateToken> known = new LastUsed<>(MOST);

    synchronized CertificateToken token(X509Certificate certificate) {
        return known.computeIfAbsent(certificate, CertificateToken::new);
    }

    List<CertificateToken> tokens(List<X509Certificate> chain) {
        return chain.stream().map(this::token).toList();
    }
}
