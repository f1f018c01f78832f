package antin.signing.dss;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.service.SecureRandomNonceSource;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.tsp.OnlineTSPSource;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.aia.DefaultAIASource;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;

/** Whom we believe, and where we ask about it: the roots of one file, and the services below one address. */
public final class Trust {

    private final List<X509Certificate> roots;
    private final StatusLoader loader;
    private final StatusAnswers answers;
    private final TSPSource timeStamps;

    /** {@code statusUrl} has OCSP, CRL and certificates below it, and the time-stamp service at {@code /tsa}. */
    public Trust(List<X509Certificate> roots, String statusUrl, Clock clock) {
        this.roots = List.copyOf(roots);
        this.loader = new StatusLoader(statusUrl);
        this.answers = new StatusAnswers(loader, clock);
        OnlineTSPSource source = new OnlineTSPSource(statusUrl + "/tsa", loader.posting("application/timestamp-query"));
        source.setNonceSource(new SecureRandomNonceSource());
        this.timeStamps = source;
    }

    List<X509Certificate> roots() {
        return roots;
    }

    StatusLoader loader() {
        return loader;
    }

    StatusAnswers answers() {
        return answers;
    }

    TSPSource timeStamps() {
        return timeStamps;
    }

    /** For one document: DSS keeps what it learns in it. */
    CertificateVerifier verifier() {
        CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
        roots.forEach(root -> anchors.addCertificate(new CertificateToken(root)));
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(anchors);
        verifier.setOcspSource(answers);
        verifier.setCrlSource(new OnlineCRLSource(loader));
        verifier.setAIASource(new DefaultAIASource(loader));
        return verifier;
    }

    static DigestAlgorithm digest(antin.kernel.key.SignatureAlgorithm algorithm) {
        return DigestAlgorithm.forJavaName(algorithm.digest());
    }
}
