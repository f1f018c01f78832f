package antin.signing.dss;

import antin.signing.LastUsed;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.model.x509.CertificateToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuerSerial;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.jspecify.annotations.Nullable;

/** The CMS (RFC 5652) of a PAdES signature up to level T: content type, digest and certificate are signed, nothing else (ETSI EN 319 142-1, 6.3). */
final class PadesCms {

    private static final DefaultSignatureAlgorithmIdentifierFinder ALGORITHMS = new DefaultSignatureAlgorithmIdentifierFinder();

    private static final Map<CertificateToken, Certificate> PARSED = Collections.synchronizedMap(new LastUsed<>(1_000));

    private final SignatureAlgorithm algorithm;
    private final List<CertificateToken> chain;
    private final Predicate<CertificateToken> anchors;
    private final AlgorithmIdentifier digestAlgorithm;
    private final ASN1Set attributes;

    /**
     * @param chain   the signer's certificate first
     * @param anchors what a verifier has himself, and is not sent
     * @param digest  of the document's {@code /ByteRange}
     */
    PadesCms(SignatureAlgorithm algorithm, List<CertificateToken> chain, Predicate<CertificateToken> anchors, byte[] digest) {
        this.algorithm = algorithm;
        this.chain = chain;
        this.anchors = anchors;
        this.digestAlgorithm = new AlgorithmIdentifier(new ASN1ObjectIdentifier(algorithm.getDigestAlgorithm().getOid()));
        this.attributes = new DERSet(new ASN1Encodable[] {attribute(CMSAttributes.contentType, CMSObjectIdentifiers.data), attribute(CMSAttributes.messageDigest, new DEROctetString(digest)),
            attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new SigningCertificateV2(named(chain.getFirst())))});
    }

    /** DER of the signed attributes. */
    byte[] toBeSigned() {
        return der(attributes);
    }

    /**
     * DER of all.
     *
     * @param stamp of the value, DER of a CMS (ETSI EN 319 122-1, 5.3); null for none
     */
    byte[] signed(byte[] value, byte @Nullable [] stamp) {
        Certificate signer = asn1(chain.getFirst());
        SignerInfo info = new SignerInfo(new SignerIdentifier(new IssuerAndSerialNumber(signer.getIssuer(), signer.getSerialNumber().getValue())), digestAlgorithm, attributes,
            ALGORITHMS.find(algorithm.getJCEId()), new DEROctetString(value), stamp == null ? null : new DERSet(attribute(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, ContentInfo.getInstance(stamp))));
        List<CertificateToken> sent = chain.stream().filter(one -> one.equals(chain.getFirst()) || !anchors.test(one)).toList();
        ASN1Set certificates = new DERSet(sent.stream().map(PadesCms::asn1).toArray(ASN1Encodable[]::new));
        SignedData data = new SignedData(new DERSet(digestAlgorithm), new ContentInfo(CMSObjectIdentifiers.data, null), certificates, null, new DERSet(info));
        return der(new ContentInfo(CMSObjectIdentifiers.signedData, data));
    }

    /** RFC 5035, 4. */
    private ESSCertIDv2 named(CertificateToken token) {
        Certificate certificate = asn1(token);
        IssuerSerial issuer = new IssuerSerial(new GeneralNames(new GeneralName(certificate.getIssuer())), certificate.getSerialNumber());
        boolean usual = algorithm.getDigestAlgorithm() == DigestAlgorithm.SHA256; // which is not written
        return new ESSCertIDv2(usual ? null : digestAlgorithm, token.getDigest(algorithm.getDigestAlgorithm()), issuer);
    }

    private static Attribute attribute(ASN1ObjectIdentifier type, ASN1Encodable value) {
        return new Attribute(type, new DERSet(value));
    }

    private static Certificate asn1(CertificateToken token) {
        return PARSED.computeIfAbsent(token, one -> Certificate.getInstance(one.getEncoded()));
    }

    private static byte[] der(ASN1Object object) {
        try {
            return object.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
