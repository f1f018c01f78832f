package antin.signing.attack;

import antin.signing.TestKey;
import antin.signing.TestPki.Holder;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;

/** CAdES by Bouncy Castle, and its parts taken apart. */
public final class Cms {

    private static final Provider BOUNCY_CASTLE = new BouncyCastleProvider(); // the JDK has no small curves

    private Cms() {
    }

    public static byte[] sign(byte[] content, TestKey key, Attribute... more) throws Exception {
        return sign(content, "SHA256withECDSA", key, key.chain().getFirst(), key.chain(), more);
    }

    /** For content that lies elsewhere. */
    public static byte[] detached(byte[] content, TestKey key) throws Exception {
        CMSSignedDataGenerator generator = generator("SHA256withECDSA", key.key(), key.chain().getFirst(), key.chain().getFirst());
        generator.addCertificates(new JcaCertStore(key.chain()));
        return generator.generate(new CMSProcessableByteArray(content), false).getEncoded();
    }

    /** @param named whom the signed reference to a certificate means */
    static byte[] sign(byte[] content, String algorithm, TestKey key, X509Certificate named, List<X509Certificate> certificates, Attribute... more) throws Exception {
        CMSSignedDataGenerator generator = generator(algorithm, key.key(), key.chain().getFirst(), named, more);
        generator.addCertificates(new JcaCertStore(certificates));
        return generator.generate(new CMSProcessableByteArray(content), true).getEncoded();
    }

    private static CMSSignedDataGenerator generator(String algorithm, PrivateKey key, X509Certificate signer, X509Certificate named, Attribute... more) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(named.getEncoded());
        Hashtable<ASN1ObjectIdentifier, Attribute> attributes = new Hashtable<>();
        attributes.put(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest)))));
        for (Attribute one : more) {
            attributes.put(one.getAttrType(), one);
        }
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(digests()).setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
            .build(new JcaContentSignerBuilder(algorithm).setProvider(BOUNCY_CASTLE).build(key), signer));
        return generator;
    }

    /** With a time stamp over the value, or over {@code other}. */
    static byte[] stamped(byte[] signed, Holder tsa, List<X509Certificate> chain, Date time, byte... other) throws Exception {
        return with(signed, token(other.length > 0 ? other : value(signed), tsa, chain, time));
    }

    /** What the first signer signed besides the content. */
    static ASN1Set attributes(byte[] signed) {
        SignedData data = SignedData.getInstance(ContentInfo.getInstance(signed).getContent());
        return SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0)).getAuthenticatedAttributes();
    }

    static byte[] value(byte[] signed) throws Exception {
        return new CMSSignedData(signed).getSignerInfos().iterator().next().getSignature();
    }

    /** A time-stamp token (RFC 3161, 2.4.2) by anybody, also by whom no library would let make one. */
    static byte[] token(byte[] over, Holder tsa, List<X509Certificate> chain, Date time) throws Exception {
        MessageImprint imprint = new MessageImprint(new AlgorithmIdentifier(TSPAlgorithms.SHA256), MessageDigest.getInstance("SHA-256").digest(over));
        TSTInfo info = new TSTInfo(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), imprint, new ASN1Integer(2), new ASN1GeneralizedTime(time), null, null, null, null, null);
        CMSSignedDataGenerator generator = generator("SHA256withECDSA", tsa.key(), tsa.certificate(), tsa.certificate());
        generator.addCertificates(new JcaCertStore(Stream.concat(Stream.of(tsa.certificate()), chain.stream()).toList()));
        return generator.generate(new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded("DER")), true).getEncoded();
    }

    static DERSet set(byte[] one) throws Exception {
        return new DERSet(ASN1Primitive.fromByteArray(one));
    }

    /** With these tokens as signature time stamps. */
    static byte[] with(byte[] signed, byte[]... tokens) throws Exception {
        CMSSignedData data = new CMSSignedData(signed);
        SignerInformation signer = data.getSignerInfos().iterator().next();
        ASN1EncodableVector unsigned = new ASN1EncodableVector();
        for (byte[] token : tokens) {
            unsigned.add(new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, set(token)));
        }
        return CMSSignedData.replaceSigners(data, new SignerInformationStore(SignerInformation.replaceUnsignedAttributes(signer, new AttributeTable(unsigned)))).getEncoded();
    }

    static byte[] rebuilt(byte[] signed, UnaryOperator<SignedData> change) throws Exception {
        ContentInfo info = ContentInfo.getInstance(signed);
        return new ContentInfo(info.getContentType(), change.apply(SignedData.getInstance(info.getContent()))).getEncoded();
    }

    static byte[] withSigner(byte[] signed, UnaryOperator<SignerInfo> change) throws Exception {
        return rebuilt(signed, data -> new SignedData(data.getDigestAlgorithms(), data.getEncapContentInfo(), data.getCertificates(), data.getCRLs(),
            new DERSet(change.apply(SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0))))));
    }

    static DigestCalculatorProvider digests() throws Exception {
        return new JcaDigestCalculatorProviderBuilder().build();
    }
}
