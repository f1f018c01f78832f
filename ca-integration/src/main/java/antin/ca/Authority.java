package antin.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key that signs certificates, with its chain.
 *
 * @param chain  its own certificate first, up to the root
 * @param status where to ask about what it signed; empty for the internal authority, whose certificates nobody outside sees
 */
record Authority(PrivateKey key, List<X509Certificate> chain, Optional<StatusAddresses> status) {

    /** All that is said of a certificate to be made, but serial and time. */
    record Request(Profile profile, X500Principal subject, PublicKey key, Optional<GeneralNames> names) {
    }

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    Authority {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /** Signs; ends no later than the authority itself. */
    X509Certificate sign(Request request, BigInteger serial, Instant now) throws GeneralSecurityException {
        Instant end = now.plus(request.profile.validity());
        Instant ownEnd = certificate().getNotAfter().toInstant();
        return build(key, certificate().getSubjectX500Principal(), request, serial, now, end.isAfter(ownEnd) ? ownEnd : end,
            extensions(request, Optional.of(certificate()), status));
    }

    static X509Certificate selfSign(PrivateKey key, Request request, BigInteger serial, Instant now) throws GeneralSecurityException {
        return build(key, request.subject, request, serial, now, now.plus(request.profile.validity()),
            extensions(request, Optional.empty(), Optional.empty()));
    }

    /** Whether {@code certificate} says what {@link #sign} would say now, byte for byte in every extension. */
    boolean signedAsNow(X509Certificate certificate, Request request) {
        try {
            certificate.verify(certificate().getPublicKey());
            List<Extension> wanted = extensions(request, Optional.of(certificate()), status);
            boolean same = certificate.getSubjectX500Principal().equals(request.subject)
                && certificate.getCriticalExtensionOIDs().size() + certificate.getNonCriticalExtensionOIDs().size() == wanted.size();
            for (Extension extension : wanted) {
                byte[] present = certificate.getExtensionValue(extension.getExtnId().getId());
                same &= present != null && Arrays.equals(present, extension.getExtnValue().getEncoded());
            }
            return same;
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    private static X509Certificate build(PrivateKey key, X500Principal issuer, Request request, BigInteger serial, Instant now, Instant end,
                                         List<Extension> extensions) throws GeneralSecurityException {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(name(issuer), serial, Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(end.minus(CLOCKS_DIFFER)), name(request.subject), SubjectPublicKeyInfo.getInstance(request.key.getEncoded()));
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            ContentSigner signer = new JcaContentSignerBuilder("SHA384withECDSA").build(key);
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(builder.build(signer).getEncoded()));
        } catch (IOException | OperatorCreationException e) {
            throw new GeneralSecurityException("The certificate cannot be made", e);
        }
    }

    private static List<Extension> extensions(Request request, Optional<X509Certificate> issuer, Optional<StatusAddresses> status)
        throws GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        Profile profile = request.profile;
        List<Extension> extensions = new ArrayList<>();
        add(extensions, Extension.basicConstraints, true, !profile.authority() ? new BasicConstraints(false)
            : profile.pathLength().isPresent() ? new BasicConstraints(profile.pathLength().getAsInt()) : new BasicConstraints(true));
        add(extensions, Extension.keyUsage, true, new KeyUsage(profile.keyUsage()));
        if (!profile.purposes().isEmpty()) {
            add(extensions, Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.purposes().toArray(KeyPurposeId[]::new)));
        }
        request.names.ifPresent(names -> add(extensions, Extension.subjectAlternativeName, false, names));
        add(extensions, Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(request.key));
        if (issuer.isPresent()) {
            add(extensions, Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer.get().getPublicKey()));
        }
        status.ifPresent(addresses -> {
            add(extensions, Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {
                new DistributionPoint(new DistributionPointName(new GeneralNames(uri(addresses.crl()))), null, null)}));
            add(extensions, Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription[] {
                new AccessDescription(AccessDescription.id_ad_ocsp, uri(addresses.ocsp())),
                new AccessDescription(AccessDescription.id_ad_caIssuers, uri(addresses.issuer()))}));
        });
        return extensions;
    }

    private static void add(List<Extension> extensions, ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            extensions.add(Extension.create(oid, critical, value));
        } catch (IOException e) {
            throw new IllegalStateException("A value of ours does not encode", e);
        }
    }

    private static GeneralName uri(String address) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, address);
    }

    private static X500Name name(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }
}
