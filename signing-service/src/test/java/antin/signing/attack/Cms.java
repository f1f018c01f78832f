package antin.signing.attack;

import antin.signing.TestKey;
import antin.signing.TestPki.Holder;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
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
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;

/** CAdES by Bouncy Castle, and its parts taken apart. */
final class Cms {

    private Cms() {
    }

    static byte[] sign(byte[] content, TestKey key) throws Exception {
        return sign(content, "SHA256withECDSA", key, key.chain().getFirst(), key.chain());
    }

    /** @param named whom the signed reference to a certificate means */
    static byte[] sign(byte[] content, String algorithm, TestKey key, X509Certificate named, List<X509Certificate> certificates) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(named.getEncoded());
        Hashtable<ASN1ObjectIdentifier, Attribute> attributes = new Hashtable<>();
        attributes.put(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(new SigningCertificateV2(new ESSCertIDv2(digest)))));
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(digests()).setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
            .build(new JcaContentSignerBuilder(algorithm).build(key.key()), key.chain().getFirst()));
        generator.addCertificates(new JcaCertStore(certificates));
        return generator.generate(new CMSProcessableByteArray(content), true).getEncoded();
    }

    /** With a time stamp over the value, or over {@code other}. */
    static byte[] stamped(byte[] signed, Holder tsa, List<X509Certificate> chain, Date time, byte... other) throws Exception {
        CMSSignedData data = new CMSSignedData(signed);
        SignerInformation signer = data.getSignerInfos().iterator().next();
        byte[] imprint = MessageDigest.getInstance("SHA-256").digest(other.length > 0 ? other : signer.getSignature());
        TimeStampTokenGenerator tokens = new TimeStampTokenGenerator(new JcaSimpleSignerInfoGeneratorBuilder().build("SHA256withECDSA", tsa.key(), tsa.certificate()),
            digests().get(new AlgorithmIdentifier(TSPAlgorithms.SHA256)), new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"));
        tokens.addCertificates(new JcaCertStore(chain));
        TimeStampRequestGenerator requests = new TimeStampRequestGenerator();
        requests.setCertReq(true);
        byte[] token = tokens.generate(requests.generate(TSPAlgorithms.SHA256, imprint), BigInteger.TWO, time).getEncoded();
        AttributeTable unsigned = new AttributeTable(new Attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(ASN1Primitive.fromByteArray(token))));
        return CMSSignedData.replaceSigners(data, new SignerInformationStore(SignerInformation.replaceUnsignedAttributes(signer, unsigned))).getEncoded();
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
