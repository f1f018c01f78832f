package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A certificate whose chain leads to an outside authority's root.
 *
 * @param issuer the certificate that signed it
 */
record OutsideCertificate(X509Certificate certificate, X509Certificate issuer, OutsideAuthority authority) {

    private static final int LARGEST = 16 * 1024;

    static X509Certificate parse(byte[] untrustedDer) {
        try {
            if (untrustedDer.length > LARGEST) {
                throw new Problem(Kind.TOO_LARGE, "The certificate is too long.");
            }
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(untrustedDer));
        } catch (CertificateException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "This is no certificate.", e);
        }
    }

    /** Throws {@code CERTIFICATE_UNUSABLE} that says why: out of time, for another use, or of nobody that counts here. Revocation is {@link OutsideStatus}'s part. */
    static OutsideCertificate check(X509Certificate unverified, List<OutsideAuthority> authorities, Instant now) {
        if (now.isAfter(unverified.getNotAfter().toInstant()) || now.isBefore(unverified.getNotBefore().toInstant())) {
            throw new Problem(Kind.CERTIFICATE_UNUSABLE, "The certificate is good from " + unverified.getNotBefore().toInstant() + " to " + unverified.getNotAfter().toInstant() + " only.");
        }
        boolean[] usage = unverified.getKeyUsage();
        if (unverified.getBasicConstraints() >= 0 || usage == null || !usage[0] && !usage[1]) { // digitalSignature, nonRepudiation (RFC 5280, 4.2.1.3)
            throw new Problem(Kind.CERTIFICATE_UNUSABLE, "The certificate is not for signing.");
        }
        return authorities.stream().map(authority -> issuer(unverified, authority, now).map(issuer -> new OutsideCertificate(unverified, issuer, authority))).flatMap(Optional::stream).findFirst()
            .orElseThrow(() -> new Problem(Kind.CERTIFICATE_UNUSABLE, "The certificate comes from no authority that counts here: "
                + authorities.stream().map(OutsideAuthority::name).collect(Collectors.joining(", ")) + '.'));
    }

    private static Optional<X509Certificate> issuer(X509Certificate unverified, OutsideAuthority authority, Instant now) {
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(unverified);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(authority.anchors().stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet()), target);
            List<X509Certificate> known = new ArrayList<>(authority.between());
            known.add(unverified);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
            var path = result.getCertPath().getCertificates();
            return Optional.of(path.size() > 1 ? (X509Certificate) path.get(1) : result.getTrustAnchor().getTrustedCert());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    static String sha256(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
