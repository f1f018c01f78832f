package antin.signing.attack;

import antin.kernel.key.SignatureAlgorithm;
import antin.signing.attack.Attack.Making;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Date;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERSet;
import org.bouncycastle.asn1.BERTaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DLSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attributes and identifiers of CMS that say other than what was signed. */
class CmsAttackTest {

    private static final Bench BENCH = new Bench();
    private static final byte[] FILE = "Chi 1.000 cho A\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EVIL = "Chi 9.000 cho B\n".getBytes(StandardCharsets.UTF_8);

    @AfterAll
    static void stop() {
        BENCH.close();
    }

    static Stream<Attack> attacks() {
        return Stream.of(
            attack("signed attributes removed", "invalid SIG_CRYPTO_FAILURE UNCERTAIN_ATTRIBUTE", () -> Cms.withSigner(honest(), signer -> signer(signer, signer.getSID(), null))),
            attack("signed attributes as the content", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", CmsAttackTest::attributesAsContent),
            attack("content replaced", "invalid HASH_FAILURE", () -> content(honest(), "1.2.840.113549.1.7.1", EVIL)),
            attack("content type changed", "invalid SIG_CRYPTO_FAILURE UNCERTAIN_ATTRIBUTE", () -> content(honest(), "1.2.840.113549.1.9.16.1.4", FILE)),
            attack("signer identifier of another certificate", "indeterminate NO_SIGNING_CERTIFICATE_FOUND", () -> Cms.withSigner(honest(), signer -> signer(signer, identifier(), signer.getAuthenticatedAttributes()))),
            attack("signing-certificate-v2 of another certificate", "indeterminate NO_SIGNING_CERTIFICATE_FOUND",
                () -> Cms.sign(FILE, "SHA256withECDSA", BENCH.ec, BENCH.rsa.chain().getFirst(), BENCH.ec.chain())),
            attack("SHA-1 by the signer", "indeterminate CRYPTO_CONSTRAINTS_FAILURE_NO_POE", () -> Cms.sign(FILE, "SHA1withECDSA", BENCH.ec, BENCH.ec.chain().getFirst(), BENCH.ec.chain())),
            attack("certificates removed", "indeterminate NO_SIGNING_CERTIFICATE_FOUND", () -> Cms.rebuilt(honest(), data -> new SignedData(data.getDigestAlgorithms(), data.getEncapContentInfo(), null, null, data.getSignerInfos()))),
            attack("signed attributes in another order", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> attributed(old -> new DLSet(reversed(old)))),
            attack("signed attributes of indefinite length", "invalid FORMAT_FAILURE UNCERTAIN_ATTRIBUTE", () -> attributed(BERSet::new)),
            attack("signed attribute twice", "invalid SIG_CRYPTO_FAILURE UNCERTAIN_ATTRIBUTE", () -> attributed(old -> with(old, (Attribute) old.get(0)))),
            attack("two digests of the content", "invalid SIG_CRYPTO_FAILURE", () -> attributed(old -> twoValues(old, CMSAttributes.messageDigest))),
            attack("two times of signing", "invalid SIG_CRYPTO_FAILURE", () -> attributed(old -> twoValues(old, CMSAttributes.signingTime))),
            attack("two references to a certificate", "indeterminate SIG_CONSTRAINTS_FAILURE", () -> attributed(old -> twoValues(old, PKCSObjectIdentifiers.id_aa_signingCertificateV2))),
            attack("no digest of the content", "invalid SIG_CRYPTO_FAILURE UNCERTAIN_ATTRIBUTE", () -> attributed(old -> without(old, CMSAttributes.messageDigest))),
            attack("no type of the content", "invalid SIG_CRYPTO_FAILURE UNCERTAIN_ATTRIBUTE", () -> attributed(old -> without(old, CMSAttributes.contentType))),
            attack("something after the end", "refused: The CMS file is cut off, nested too deeply, has too many elements, or has something after its end.",
                () -> longer(honest())));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void isRefused(Attack attack) throws Exception {
        attack.check(BENCH);
    }

    private interface Signing {
        byte[] make() throws Exception;
    }

    /** With other signed attributes, by the signer: what is wrong is their form alone. */
    private static byte[] attributed(Function<ASN1EncodableVector, ASN1Set> change) throws Exception {
        byte[] signed = honest();
        SignerInfo old = SignerInfo.getInstance(SignedData.getInstance(ContentInfo.getInstance(signed).getContent()).getSignerInfos().getObjectAt(0));
        ASN1Set attributes = change.apply(vector(old.getAuthenticatedAttributes()));
        byte[] value = BENCH.ec.sign(SignatureAlgorithm.ECDSA_SHA256, new DERSet(vector(attributes)).getEncoded(ASN1Encoding.DER));
        ASN1Encodable signer = new BERSequence(new ASN1Encodable[] {old.getVersion(), old.getSID(), old.getDigestAlgorithm(), new BERTaggedObject(false, 0, attributes), old.getDigestEncryptionAlgorithm(),
            new DEROctetString(value)}); // the library's own class would put all of it in order
        return Cms.rebuilt(signed, data -> new SignedData(data.getDigestAlgorithms(), data.getEncapContentInfo(), data.getCertificates(), data.getCRLs(), new BERSet(signer)));
    }

    private static ASN1EncodableVector vector(ASN1Set attributes) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        attributes.forEach(one -> all.add(Attribute.getInstance(one)));
        return all;
    }

    private static ASN1EncodableVector reversed(ASN1EncodableVector old) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (int i = old.size() - 1; i >= 0; i--) {
            all.add(old.get(i));
        }
        return all;
    }

    private static ASN1Set with(ASN1EncodableVector old, Attribute more) {
        old.add(more);
        return new DERSet(old);
    }

    private static ASN1Set without(ASN1EncodableVector old, ASN1ObjectIdentifier type) {
        ASN1EncodableVector all = new ASN1EncodableVector();
        for (int i = 0; i < old.size(); i++) {
            if (!((Attribute) old.get(i)).getAttrType().equals(type)) {
                all.add(old.get(i));
            }
        }
        return new DERSet(all);
    }

    private static ASN1Set twoValues(ASN1EncodableVector old, ASN1ObjectIdentifier type) {
        ASN1EncodableVector values = new ASN1EncodableVector();
        for (int i = 0; i < old.size(); i++) {
            Attribute one = (Attribute) old.get(i);
            if (one.getAttrType().equals(type)) {
                values.add(one.getAttrValues().getObjectAt(0));
                values.add(other(type));
            }
        }
        ASN1EncodableVector all = vector(without(old, type));
        return with(all, new Attribute(type, new DERSet(values)));
    }

    private static ASN1Encodable other(ASN1ObjectIdentifier type) {
        if (type.equals(CMSAttributes.messageDigest)) {
            return new DEROctetString(new byte[32]);
        }
        return type.equals(CMSAttributes.signingTime) ? new Time(new Date(0)) : new SigningCertificateV2(new ESSCertIDv2(new byte[32]));
    }

    private static byte[] longer(byte[] signed) {
        return Arrays.copyOf(signed, signed.length + 1);
    }

    private static byte[] honest() throws Exception {
        return Cms.sign(FILE, BENCH.ec);
    }

    private static Attack attack(String name, String verdict, Signing forged) {
        Making honest = () -> Sent.of(honest());
        return new Attack("CAdES: " + name, verdict, honest, () -> Sent.of(forged.make()));
    }

    private static SignerInfo signer(SignerInfo old, SignerIdentifier identifier, @org.jspecify.annotations.Nullable ASN1Set attributes) {
        return new SignerInfo(identifier, old.getDigestAlgorithm(), attributes, old.getDigestEncryptionAlgorithm(), old.getEncryptedDigest(), old.getUnauthenticatedAttributes());
    }

    private static SignerIdentifier identifier() {
        try {
            return new SignerIdentifier(new IssuerAndSerialNumber(new JcaX509CertificateHolder(BENCH.rsa.chain().getFirst()).toASN1Structure()));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] content(byte[] signed, String type, byte[] octets) throws Exception {
        return Cms.rebuilt(signed, data -> new SignedData(data.getDigestAlgorithms(), new ContentInfo(new ASN1ObjectIdentifier(type), new DEROctetString(octets)), data.getCertificates(),
            data.getCRLs(), data.getSignerInfos()));
    }

    /** The value is over the attributes' encoding: without them, that encoding is the content that it is over. */
    private static byte[] attributesAsContent() throws Exception {
        byte[] signed = honest();
        SignedData data = SignedData.getInstance(ContentInfo.getInstance(signed).getContent());
        byte[] attributes = SignerInfo.getInstance(data.getSignerInfos().getObjectAt(0)).getAuthenticatedAttributes().getEncoded(ASN1Encoding.DER);
        return content(Cms.withSigner(signed, signer -> signer(signer, signer.getSID(), null)), "1.2.840.113549.1.7.1", attributes);
    }
}
