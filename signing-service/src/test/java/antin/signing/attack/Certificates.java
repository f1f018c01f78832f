package antin.signing.attack;

import antin.signing.TestKey;
import antin.signing.TestPki;
import antin.signing.TestPki.Holder;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that an honest authority would not issue. */
final class Certificates {

    static final int SIGNS = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    private static final AtomicInteger SERIALS = new AtomicInteger(500_000);

    /** What is put into a certificate. */
    interface Extras {
        void add(X509v3CertificateBuilder builder) throws Exception;
    }

    private Certificates() {
    }

    /** An authority below another. */
    static Holder authority(TestPki pki, Holder issuer, String subject, BasicConstraints constraints, Extras extras) throws Exception {
        KeyPair pair = TestPki.ec("secp256r1");
        Holder authority = new Holder(pair.getPrivate(), issue(pki, issuer, subject, pair, 100, builder -> {
            builder.addExtension(Extension.basicConstraints, true, constraints);
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign | KeyUsage.digitalSignature));
            extras.add(builder);
        }));
        pki.below.add(authority);
        return authority;
    }

    static TestKey signer(TestPki pki, Holder issuer, String subject, KeyPair pair, int usage, int days, Extras extras, Holder... above) throws Exception {
        X509Certificate certificate = issue(pki, issuer, subject, pair, days, builder -> {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
            extras.add(builder);
        });
        return new TestKey("signer", pair.getPrivate(), Stream.concat(Stream.of(certificate, issuer.certificate()), Stream.of(above).map(Holder::certificate)).distinct().toList());
    }

    static X509Certificate issue(TestPki pki, Holder issuer, String subject, KeyPair pair, int days, Extras extras) throws Exception {
        Instant from = Instant.now().minus(Duration.ofDays(1));
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
            BigInteger.valueOf(SERIALS.incrementAndGet()), Date.from(days > 0 ? from : from.minus(Duration.ofDays(10))), Date.from(Instant.now().plus(Duration.ofDays(days))),
            new X500Name(subject), SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(pair.getPublic()));
        builder.addExtension(Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(issuer.certificate().getPublicKey()));
        builder.addExtension(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(new AccessDescription(AccessDescription.id_ad_ocsp,
            new GeneralName(GeneralName.uniformResourceIdentifier, pki.url() + "/ocsp"))));
        extras.add(builder);
        return new JcaX509CertificateConverter().getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key())));
    }

    static List<X509Certificate> with(X509Certificate first, List<X509Certificate> chain) {
        return Stream.concat(Stream.of(first), chain.stream().skip(1)).toList();
    }
}
