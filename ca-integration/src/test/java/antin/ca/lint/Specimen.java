package antin.ca.lint;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/** A good certificate of a person, field by field, for a test to spoil. The signature is none: no rule is about it. */
final class Specimen {

    static final X500Name ISSUER = new X500Name("CN=Issuing,O=Thành phố mẫu,C=VN");
    private static final byte[] ISSUER_KEY_IDENTIFIER = new byte[20];
    static final SubjectPublicKeyInfo EC_KEY = key("EC", 256);
    static final SubjectPublicKeyInfo RSA_KEY = key("RSA", 3072);

    ASN1Encodable version = new DERTaggedObject(true, 0, new ASN1Integer(2));
    BigInteger serial = new BigInteger(158, new Random(1)).setBit(158);
    AlgorithmIdentifier signature = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384);
    AlgorithmIdentifier outerSignature = signature;
    X500Name issuer = ISSUER;
    ASN1Encodable notBefore = new DERUTCTime("260101000000Z");
    ASN1Encodable notAfter = new DERUTCTime("280101000000Z");
    X500Name subject = new X500Name("CN=Nguyễn Văn An,OU=so-noi-vu,O=Thành phố mẫu,C=VN");
    SubjectPublicKeyInfo key = EC_KEY;
    final List<ASN1Encodable> unique = new ArrayList<>();
    final List<Extension> extensions = new ArrayList<>();
    byte @Nullable [] encoded;

    Specimen() {
        put(Extension.basicConstraints, true, new BasicConstraints(false));
        put(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.nonRepudiation));
        put(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_emailProtection));
        put(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(new byte[] {1, 2, 3}));
        put(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(ISSUER_KEY_IDENTIFIER));
    }

    /** In place of one of the same kind, if there is one. */
    Specimen put(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        remove(type);
        return add(type, critical, value);
    }

    Specimen add(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {
        try {
            extensions.add(Extension.create(type, critical, value));
            return this;
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Specimen remove(ASN1ObjectIdentifier type) {
        extensions.removeIf(one -> one.getExtnId().equals(type));
        return this;
    }

    /** An authority below the issuer. */
    Specimen authority() {
        put(Extension.basicConstraints, true, new BasicConstraints(0));
        put(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return remove(Extension.extendedKeyUsage);
    }

    Specimen purposes(boolean critical, KeyPurposeId... purposes) {
        return put(Extension.extendedKeyUsage, critical, new ExtendedKeyUsage(purposes));
    }

    Candidate candidate() throws Exception {
        byte[] own = encoded;
        return Candidate.of(own == null ? der() : own, Optional.of(issuerCertificate()));
    }

    byte[] der() throws Exception {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(version);
        fields.add(new ASN1Integer(serial));
        fields.add(signature);
        fields.add(issuer);
        fields.add(new DERSequence(new ASN1Encodable[] {notBefore, notAfter}));
        fields.add(subject);
        fields.add(key);
        unique.forEach(fields::add);
        fields.add(new DERTaggedObject(true, 3, new DERSequence(extensions.toArray(ASN1Encodable[]::new))));
        return new DERSequence(new ASN1Encodable[] {new DERSequence(fields), outerSignature, new DERBitString(new byte[] {1})}).getEncoded("DER");
    }

    private static X509Certificate issuerCertificate() throws Exception {
        Specimen above = new Specimen().authority();
        above.subject = ISSUER;
        above.notAfter = new DERUTCTime("350101000000Z");
        above.put(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(ISSUER_KEY_IDENTIFIER));
        return new JcaX509CertificateConverter().getCertificate(new X509CertificateHolder(above.der()));
    }

    static SubjectPublicKeyInfo key(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            KeyPair pair = generator.generateKeyPair();
            return SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded());
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
