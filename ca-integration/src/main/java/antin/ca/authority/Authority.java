package antin.ca.authority;

import antin.ca.authority.Profile.Mark;
import antin.ca.lint.Candidate;
import antin.ca.lint.CertificateLint;
import antin.ca.lint.Rule;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A key that signs certificates, with its chain.
 *
 * @param name   short, as addresses and the ledger name it: {@code root}, {@code issuing}, {@code internal}
 * @param chain  its own certificate first, up to the root
 * @param status where to ask about what it signed; empty for the internal authority, whose certificates nobody outside sees
 */
public record Authority(String name, PrivateKey key, List<X509Certificate> chain, Optional<StatusAddresses> status) {

    /** All that is said of a certificate to be made, but serial and time. */
    public record Request(Profile profile, X500Principal subject, PublicKey key, Optional<GeneralNames> names) {
    }

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    public Authority {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** RFC 5280, 4.1.2.2: positive, at most 20 octets; here 158 bits of chance. */
    public static BigInteger newSerial(SecureRandom random) {
        return new BigInteger(158, random).setBit(158);
    }

    /** Signs; ends no later than the authority itself. */
    public X509Certificate sign(Request request, BigInteger serial, Instant now) throws GeneralSecurityException {
        Instant end = now.plus(request.profile.validity());
        Instant ownEnd = certificate().getNotAfter().toInstant();
        return build(signer(), Optional.of(certificate()), request, serial, now, end.isAfter(ownEnd) ? ownEnd : end,
            extensions(request, Optional.of(certificate()), status));
    }

    public static X509Certificate selfSign(PrivateKey key, Request request, BigInteger serial, Instant now) throws GeneralSecurityException {
        return build(signer(key, request.key), Optional.empty(), request, serial, now, now.plus(request.profile.validity()),
            extensions(request, Optional.empty(), Optional.empty()));
    }

    /** Whether {@code certificate} says what {@link #sign} would say now, byte for byte in every extension. */
    public boolean signedAsNow(X509Certificate certificate, Request request) {
        try {
            certificate.verify(certificate().getPublicKey());
            Extensions present = new X509CertificateHolder(certificate.getEncoded()).getExtensions();
            return certificate.getSubjectX500Principal().equals(request.subject)
                && present.equivalent(new Extensions(extensions(request, Optional.of(certificate()), status).toArray(Extension[]::new)));
        } catch (GeneralSecurityException | IOException e) {
            return false;
        }
    }

    /** How it signs certificates and CRLs. For one signature. */
    ContentSigner signer() throws GeneralSecurityException {
        return signer(key, certificate().getPublicKey());
    }

    private static ContentSigner signer(PrivateKey key, PublicKey itsPublic) throws GeneralSecurityException {
        JcaContentSignerBuilder signer = new JcaContentSignerBuilder(KeyKind.signatureAlgorithm(itsPublic));
        if (key.getEncoded() == null) {
            Token.provider().ifPresent(signer::setProvider); // a key without an encoding is a device's, and only that signs with it
        } else if (!key.getAlgorithm().equals("RSA")) {
            signer.setProvider(PROVIDER); // on P-384 Bouncy Castle takes a quarter of the JDK's time; on RSA the JDK is the faster one
        }
        try {
            return signer.build(key);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("The key does not sign", e);
        }
    }

    private static X509Certificate build(ContentSigner signer, Optional<X509Certificate> above, Request request, BigInteger serial, Instant now, Instant end,
                                         List<Extension> extensions) throws GeneralSecurityException {
        try {
            X500Principal issuer = above.map(X509Certificate::getSubjectX500Principal).orElse(request.subject);
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(encoded(issuer), serial, Date.from(now.minus(CLOCKS_DIFFER)),
                Date.from(end.minus(CLOCKS_DIFFER)), encoded(request.subject), SubjectPublicKeyInfo.getInstance(request.key.getEncoded()));
            for (Extension extension : extensions) {
                builder.addExtension(extension);
            }
            lint(builder.build(new Unsigned(signer.getAlgorithmIdentifier())).getEncoded(), above);
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(builder.build(signer).getEncoded()));
        } catch (IOException e) {
            throw new GeneralSecurityException("The certificate cannot be made", e);
        }
    }

    /** Nothing is signed that breaks a rule: what was signed cannot be taken back, only revoked. */
    private static void lint(byte[] unsigned, Optional<X509Certificate> above) {
        List<Rule> broken = CertificateLint.broken(Candidate.of(unsigned, above));
        if (!broken.isEmpty()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The certificate would break a rule: "
                + String.join("; ", broken.stream().map(rule -> rule.name() + " (" + rule.section() + ")").toList()) + ".");
        }
    }

    private static List<Extension> extensions(Request request, Optional<X509Certificate> issuer, Optional<StatusAddresses> status)
        throws GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        Profile profile = request.profile;
        List<Extension> extensions = new ArrayList<>();
        add(extensions, Extension.basicConstraints, true, !profile.authority() ? new BasicConstraints(false)
            : profile.pathLength().isPresent() ? new BasicConstraints(profile.pathLength().getAsInt()) : new BasicConstraints(true));
        add(extensions, Extension.keyUsage, true, new KeyUsage(profile.keyUsage().of(request.key)));
        if (!profile.purposes().isEmpty()) {
            add(extensions, Extension.extendedKeyUsage, profile.has(Mark.CRITICAL_PURPOSE), new ExtendedKeyUsage(profile.purposes().toArray(KeyPurposeId[]::new)));
        }
        request.names.ifPresent(names -> add(extensions, Extension.subjectAlternativeName, false, names));
        add(extensions, Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(request.key));
        if (issuer.isPresent()) {
            add(extensions, Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer.get().getPublicKey()));
        }
        if (profile.has(Mark.NEVER_ASKED_ABOUT)) {
            // RFC 6960, 4.2.2.2.1: nobody asks a responder about its own certificate, so no address to ask at either
            add(extensions, OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
            return extensions;
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

    private static X500Name encoded(X500Principal principal) {
        return X500Name.getInstance(principal.getEncoded());
    }
}
