package antin.ca.external;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
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
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
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
 * @param path the certificate itself, its issuer, and so on; the root last
 */
record OutsideCertificate(List<X509Certificate> path, OutsideAuthority authority) {

    OutsideCertificate {
        path = List.copyOf(path);
    }

    private static final int WEAKEST_RSA = 2048; // Circular 15/2025/TT-BKHCN
    private static final int WEAKEST_EC = 256;
    private static final int LARGEST = 16 * 1024;

    /** PEM or DER. */
    static X509Certificate parse(byte[] untrustedDer) {
        try {
            if (untrustedDer.length > LARGEST) {
                throw new OutsideRefusal(OutsideFault.TOO_LARGE);
            }
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            // encoded anew, so that what is hashed is the certificate and not the file around it
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(factory.generateCertificate(new ByteArrayInputStream(untrustedDer)).getEncoded()));
        } catch (CertificateException e) {
            throw new OutsideRefusal(OutsideFault.UNREADABLE, e);
        }
    }

    /** Throws {@link OutsideRefusal} that says why: out of time, for another use, or of nobody that counts here. Revocation is {@link OutsideStatus}'s part. */
    static OutsideCertificate check(X509Certificate unverified, List<OutsideAuthority> authorities, Instant now) {
        if (now.isAfter(unverified.getNotAfter().toInstant()) || now.isBefore(unverified.getNotBefore().toInstant())) {
            throw new OutsideRefusal(OutsideFault.OUT_OF_TIME);
        }
        boolean[] usage = unverified.getKeyUsage();
        if (unverified.getBasicConstraints() >= 0 || usage == null || !usage[1]) { // nonRepudiation (RFC 5280, 4.2.1.3)
            throw new OutsideRefusal(OutsideFault.NOT_FOR_SIGNING);
        }
        if (isWeak(unverified.getPublicKey())) {
            throw new OutsideRefusal(OutsideFault.WEAK_KEY);
        }
        return authorities.stream().map(authority -> path(unverified, authority, now).map(path -> new OutsideCertificate(path, authority))).flatMap(Optional::stream).findFirst()
            .orElseThrow(() -> new OutsideRefusal(OutsideFault.OF_NOBODY));
    }

    private static boolean isWeak(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() < WEAKEST_RSA;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() < WEAKEST_EC;
            default -> true;
        };
    }

    private static Optional<List<X509Certificate>> path(X509Certificate unverified, OutsideAuthority authority, Instant now) {
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
            List<X509Certificate> path = new ArrayList<>(result.getCertPath().getCertificates().stream().map(X509Certificate.class::cast).toList());
            path.add(result.getTrustAnchor().getTrustedCert());
            return Optional.of(path);
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
