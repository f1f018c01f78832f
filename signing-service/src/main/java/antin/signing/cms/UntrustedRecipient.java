package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyTransport;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientEncryptedKey;
import org.bouncycastle.asn1.cms.RecipientIdentifier;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAESOAEPparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/** How the content's key reached one recipient (RFC 5652, 6.2). */
sealed interface UntrustedRecipient {

    /** Encrypted with RSA. */
    record Transported(KeyTransport transport, byte[] encryptedKey) implements UntrustedRecipient {
    }

    /** Wrapped under what ECDH agreed on (RFC 5753). */
    record Agreed(KeyAgreeRecipientInfo info, byte[] encryptedKey) implements UntrustedRecipient {
    }

    int MOST = 10_000;

    /** The first of them that is the certificate's; one is enough, however often a hostile sender names it. */
    static Optional<UntrustedRecipient> of(X509Certificate certificate, ASN1Set untrusted) {
        if (untrusted.size() > MOST) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message has more recipients than it may.");
        }
        try {
            X509CertificateHolder holder = new X509CertificateHolder(certificate.getEncoded());
            byte[] keyId = keyId(holder);
            for (ASN1Encodable one : untrusted) {
                Optional<UntrustedRecipient> found = match(RecipientInfo.getInstance(one), holder, keyId);
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        } catch (IOException | GeneralSecurityException | RuntimeException e) { // ClassCastException, too: Bouncy Castle reads BIT STRING so
            throw e instanceof Problem problem ? problem : new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.", e);
        }
    }

    private static Optional<UntrustedRecipient> match(RecipientInfo info, X509CertificateHolder holder, byte[] keyId) {
        if (info.getInfo() instanceof KeyTransRecipientInfo transported) {
            RecipientIdentifier id = transported.getRecipientIdentifier();
            boolean ours = id.isTagged() ? Arrays.equals(ASN1OctetString.getInstance(id.getId()).getOctets(), keyId) : isOf(IssuerAndSerialNumber.getInstance(id.getId()), holder);
            return ours ? Optional.of(new Transported(transport(transported.getKeyEncryptionAlgorithm()), transported.getEncryptedKey().getOctets())) : Optional.empty();
        }
        if (info.getInfo() instanceof KeyAgreeRecipientInfo agreed) {
            for (ASN1Encodable one : agreed.getRecipientEncryptedKeys()) {
                RecipientEncryptedKey key = RecipientEncryptedKey.getInstance(one);
                IssuerAndSerialNumber named = key.getIdentifier().getIssuerAndSerialNumber();
                boolean ours = named != null ? isOf(named, holder) : Arrays.equals(key.getIdentifier().getRKeyID().getSubjectKeyIdentifier().getOctets(), keyId);
                if (ours) {
                    return Optional.of(new Agreed(agreed, key.getEncryptedKey().getOctets()));
                }
            }
        }
        return Optional.empty();
    }

    private static KeyTransport transport(AlgorithmIdentifier algorithm) {
        if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return KeyTransport.PKCS1;
        }
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSAES_OAEP)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message's key is encrypted by an algorithm that is not taken here.");
        }
        RSAESOAEPparams parameters = RSAESOAEPparams.getInstance(algorithm.getParameters());
        boolean labelled = ASN1OctetString.getInstance(parameters.getPSourceAlgorithm().getParameters()).getOctets().length > 0;
        if (labelled || !parameters.getMaskGenAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message's key is encrypted by a kind of OAEP that is not taken here.");
        }
        return KeyTransport.oaep(digest(parameters.getHashAlgorithm()), digest(AlgorithmIdentifier.getInstance(parameters.getMaskGenAlgorithm().getParameters())));
    }

    private static String digest(AlgorithmIdentifier algorithm) {
        if (algorithm.getAlgorithm().equals(OIWObjectIdentifiers.idSHA1)) {
            return "SHA-1";
        }
        if (algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)) {
            return "SHA-256";
        }
        if (algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha384)) {
            return "SHA-384";
        }
        if (algorithm.getAlgorithm().equals(NISTObjectIdentifiers.id_sha512)) {
            return "SHA-512";
        }
        throw new Problem(Kind.MALFORMED_DOCUMENT, "The message's key is encrypted with a digest that is not taken here.");
    }

    private static boolean isOf(IssuerAndSerialNumber named, X509CertificateHolder holder) {
        return named.getName().equals(holder.getIssuer()) && named.getSerialNumber().hasValue(holder.getSerialNumber());
    }

    /** As the certificate says, or as most authorities would have said (RFC 5280, 4.2.1.2). */
    private static byte[] keyId(X509CertificateHolder holder) throws GeneralSecurityException {
        SubjectKeyIdentifier said = holder.getExtensions() == null ? null : SubjectKeyIdentifier.fromExtensions(holder.getExtensions());
        SubjectPublicKeyInfo key = holder.getSubjectPublicKeyInfo();
        return said != null ? said.getKeyIdentifier() : new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key).getKeyIdentifier();
    }
}
