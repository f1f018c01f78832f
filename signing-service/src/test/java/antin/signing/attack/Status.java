package antin.signing.attack;

import antin.signing.TestPki;
import antin.signing.TestPki.Holder;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.cms.OtherRevocationInfoFormat;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Revocation data (RFC 5280, 5; RFC 6960) that a signature brings with it (RFC 5652, 10.2.1; RFC 5940). */
final class Status {

    private static final ASN1ObjectIdentifier OCSP_RESPONSE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.16.2");

    private Status() {
    }

    /** Says that the certificate is good. @param age of the answer, which is for an hour */
    static ASN1Encodable ocsp(X509Certificate about, X509Certificate issuer, Holder unit, Duration age) throws Exception {
        var digests = Cms.digests();
        Instant made = Instant.now().minusSeconds(1).minus(age);
        JcaBasicOCSPRespBuilder answer = new JcaBasicOCSPRespBuilder(unit.certificate().getPublicKey(), digests.get(RespID.HASH_SHA1));
        answer.addResponse(new CertificateID(digests.get(CertificateID.HASH_SHA1), new JcaX509CertificateHolder(issuer), about.getSerialNumber()), CertificateStatus.GOOD,
            Date.from(made), Date.from(made.plus(Duration.ofHours(1))), null);
        byte[] response = new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, answer.build(new JcaContentSignerBuilder("SHA256withECDSA").build(unit.key()),
            new X509CertificateHolder[] {new JcaX509CertificateHolder(unit.certificate())}, Date.from(made))).getEncoded();
        return new DERTaggedObject(false, 1, new OtherRevocationInfoFormat(OCSP_RESPONSE, ASN1Primitive.fromByteArray(response)));
    }

    interface Extras {
        void add(X509v2CRLBuilder builder) throws Exception;
    }

    /** An empty list in the name of an authority, by some key. @param age of the list, which is for a day */
    static ASN1Encodable crl(X509Certificate authority, PrivateKey key, Duration age, Extras extras) throws Exception {
        Instant made = Instant.now().minusSeconds(1).minus(age);
        X509v2CRLBuilder list = new X509v2CRLBuilder(X500Name.getInstance(authority.getSubjectX500Principal().getEncoded()), Date.from(made));
        list.setNextUpdate(Date.from(made.plus(Duration.ofDays(1))));
        list.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.TEN));
        list.addExtension(Extension.authorityKeyIdentifier, false, new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.getPublicKey()));
        extras.add(list);
        return list.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)).toASN1Structure();
    }

    /** An OCSP unit of the issuing authority, or another certificate of it. */
    static Holder unit(TestPki pki, TestPki.Kind kind) {
        KeyPair pair = TestPki.ec("secp256r1");
        return new Holder(pair.getPrivate(), pki.certificate("CN=Unit", pair.getPublic(), kind, Date.from(Instant.now().minus(Duration.ofDays(20))), 100));
    }

    /** The list of the root's, by which the issuing authority is not revoked. */
    static ASN1Encodable ofAuthority(TestPki pki) throws Exception {
        return crl(pki.root.certificate(), pki.root.key(), Duration.ZERO, builder -> { });
    }

    static byte[] into(byte[] cms, ASN1Encodable... data) throws Exception {
        List<ASN1Encodable> all = new ArrayList<>(List.of(data));
        return Cms.rebuilt(cms, old -> new SignedData(old.getDigestAlgorithms(), old.getEncapContentInfo(), old.getCertificates(), new DERSet(all.toArray(ASN1Encodable[]::new)), old.getSignerInfos()));
    }
}
