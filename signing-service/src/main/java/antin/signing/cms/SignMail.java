package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.Digests;
import antin.signing.signature.CertificateCheck;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.Hashtable;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.smime.SMIMECapabilitiesAttribute;
import org.bouncycastle.asn1.smime.SMIMECapabilityVector;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** A detached signature over the octets of a MIME entity, in the form that goes out (RFC 8551, 3.5.3): SHA-256, PKCS #1 v1.5 for RSA since every mail program reads that. */
public final class SignMail {

    private static final int RFC822_NAME = 1; // RFC 5280, 4.2.1.6

    private final MailKeys keys;
    private final CertificateCheck certificates;
    private final AuditLog audit;
    private final Clock clock;

    public SignMail(MailKeys keys, CertificateCheck certificates, AuditLog audit, Clock clock) {
        this.keys = keys;
        this.certificates = certificates;
        this.audit = audit;
        this.clock = clock;
    }

    /** SignedData (RFC 5652, 5.1) in DER, without the content, with the certificates up to but not with the root. */
    public byte[] sign(MailRequest request) {
        SigningKey key = keys.signing(request.address());
        certificates.checkForMail(key.chain());
        namesTheAddress(key.certificate(), request.address());
        SignatureAlgorithm algorithm = key.certificate().getPublicKey().getAlgorithm().equals("RSA") ? SignatureAlgorithm.RSA_SHA256 : SignatureAlgorithm.ECDSA_SHA256;
        return MailUse.of(audit, request, key.name(), key.certificate(), algorithm.word(), "CMS-sign").run(() -> signed(request.content(), key, algorithm), SignMail::digest);
    }

    /** A mail program shows a signature as another's where the addresses differ (RFC 8550, 3). */
    private static void namesTheAddress(X509Certificate certificate, String address) {
        try {
            var names = certificate.getSubjectAlternativeNames();
            if (names == null || names.stream().noneMatch(name -> name.get(0).equals(RFC822_NAME) && address.equalsIgnoreCase(String.valueOf(name.get(1))))) {
                throw new Problem(Kind.CERTIFICATE_UNUSABLE, "The key's certificate does not name the address " + address + ".");
            }
        } catch (CertificateParsingException e) {
            throw new Problem(Kind.CERTIFICATE_UNUSABLE, "The key's certificate is broken.", e);
        }
    }

    private byte[] signed(byte[] content, SigningKey key, SignatureAlgorithm algorithm) {
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .setContentDigest(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256))
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(attributes(key.certificate()))).build(new KeySigner(key, algorithm), key.certificate()));
            generator.addCertificates(new JcaCertStore(key.chain().stream().filter(one -> !one.getSubjectX500Principal().equals(one.getIssuerX500Principal())).toList()));
            byte[] encoded = generator.generate(new CMSProcessableByteArray(content), false).getEncoded("DER");
            verify(new CMSSignedData(new CMSProcessableByteArray(content), encoded), key.certificate());
            return encoded;
        } catch (CMSException | OperatorCreationException | GeneralSecurityException | IOException e) {
            throw new Problem(Kind.INTERNAL, "The signature could not be made.", e);
        }
    }

    /** What came from the key is read once as its receiver would, before anybody gets it. */
    private static void verify(CMSSignedData made, X509Certificate certificate) throws CMSException, OperatorCreationException {
        if (!made.getSignerInfos().iterator().next().verify(new JcaSimpleSignerInfoVerifierBuilder().build(certificate.getPublicKey()))) {
            throw new Problem(Kind.INTERNAL, "The key made a wrong value.");
        }
    }

    /** RFC 8551, 2.5: when, by which certificate (RFC 5035), and what the signer likes to be sent. */
    private AttributeTable attributes(X509Certificate certificate) throws GeneralSecurityException {
        SMIMECapabilityVector likes = new SMIMECapabilityVector();
        likes.addCapability(NISTObjectIdentifiers.id_aes256_GCM);
        likes.addCapability(NISTObjectIdentifiers.id_aes128_GCM);
        likes.addCapability(NISTObjectIdentifiers.id_aes256_CBC);
        likes.addCapability(NISTObjectIdentifiers.id_aes128_CBC);
        Hashtable<ASN1ObjectIdentifier, Attribute> table = new Hashtable<>();
        add(table, new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(clock.instant())))));
        add(table, new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2,
            new DERSet(new SigningCertificateV2(new ESSCertIDv2(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()))))));
        add(table, new SMIMECapabilitiesAttribute(likes));
        return new AttributeTable(table);
    }

    private static void add(Hashtable<ASN1ObjectIdentifier, Attribute> table, Attribute attribute) {
        table.put(attribute.getAttrType(), attribute);
    }

    private static Map<String, String> digest(byte[] signature) {
        MessageDigest digest = Digests.newSha256();
        digest.update(signature);
        return Map.of("sha256", Digests.text(digest));
    }

    private record KeySigner(SigningKey key, SignatureAlgorithm algorithm, ByteArrayOutputStream content) implements ContentSigner {

        KeySigner(SigningKey key, SignatureAlgorithm algorithm) {
            this(key, algorithm, new ByteArrayOutputStream());
        }

        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm.keyAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
        }

        @Override
        public OutputStream getOutputStream() {
            return content;
        }

        @Override
        public byte[] getSignature() {
            return key.sign(algorithm, content.toByteArray());
        }
    }
}
