package antin.signing.dss;

import antin.signing.LastUsed;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Paths of certificates that were found good (RFC 5280, 6): the same ones below the same roots are good until one of them ends, so their signatures are verified once. */
final class KnownPaths {

    private static final int MOST = 1_000;

    /** @param until the first end among them */
    private record Path(Set<X509Certificate> roots, Instant from, Instant until, X509Certificate root) {
    }

    private final Map<List<X509Certificate>, Path> known = Collections.synchronizedMap(new LastUsed<>(MOST));

    /** The root that the chain leads to at that time. @throws GeneralSecurityException where it leads to none, or one of them is out of time */
    X509Certificate root(List<X509Certificate> chain, Set<X509Certificate> roots, Instant now) throws GeneralSecurityException {
        Path path = known.get(chain);
        if (path == null || !path.roots.equals(roots) || now.isBefore(path.from) || now.isAfter(path.until)) {
            path = validated(chain, roots, now);
            known.put(chain, path);
        }
        return path.root;
    }

    private static Path validated(List<X509Certificate> chain, Set<X509Certificate> roots, Instant now) throws GeneralSecurityException {
        PKIXParameters parameters = new PKIXParameters(roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(now));
        List<X509Certificate> path = chain.stream().filter(certificate -> !roots.contains(certificate)).toList();
        PKIXCertPathValidatorResult valid = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
            .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
        Instant from = path.stream().map(one -> one.getNotBefore().toInstant()).max(Instant::compareTo).orElse(now);
        Instant until = path.stream().map(one -> one.getNotAfter().toInstant()).min(Instant::compareTo).orElse(now);
        return new Path(roots, from, until, valid.getTrustAnchor().getTrustedCert());
    }
}
