package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.kernel.key.KeyTransport;
import antin.signing.TestKey;
import antin.signing.cms.UntrustedRecipient.Agreed;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import javax.crypto.KeyAgreement;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.KeyAgreeRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInfoGenerator;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/** What is done with a letter, up to the content's key. */
public final class EnvelopeEntry {

    /** In memory, for EC alone. */
    private record Key(String name, PrivateKey key, List<X509Certificate> chain) implements DecryptionKey {

        @Override
        public byte[] unwrap(KeyTransport transport, byte[] encrypted, int length) {
            throw new IllegalArgumentException("no RSA key");
        }

        @Override
        public byte[] agree(ECPublicKey untrusted) {
            try {
                KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
                agreement.init(key);
                agreement.doPhase(untrusted, true);
                return agreement.generateSecret();
            } catch (InvalidKeyException e) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, "no point of the curve", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private EnvelopeEntry() {
    }

    public static void read(byte[] untrusted, TestKey recipient) {
        DecryptionKey key = new Key(recipient.name(), recipient.key(), recipient.chain());
        UntrustedEnvelope envelope = UntrustedEnvelope.read(untrusted);
        if (UntrustedRecipient.of(key.certificate(), envelope.recipients()).orElse(null) instanceof Agreed agreed) {
            Agreement.contentKey(agreed, key);
        }
    }

    /** A letter in AES-CBC and one in AES-GCM, for an EC key, and one that does not say how its key is wrapped. */
    public static List<byte[]> seeds(X509Certificate recipient, byte[] content) {
        try {
            var pair = antin.signing.TestPki.ec("secp256r1");
            JceKeyAgreeRecipientInfoGenerator generator = new JceKeyAgreeRecipientInfoGenerator(CMSAlgorithm.ECDH_SHA256KDF, pair.getPrivate(), pair.getPublic(), CMSAlgorithm.AES256_WRAP);
            generator.addRecipient(recipient).setProvider(new BouncyCastleProvider());
            byte[] cbc = cbc(generator, content);
            return List.of(cbc, gcm(generator, content), withoutWrap(cbc));
        } catch (CMSException | IOException | CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] cbc(RecipientInfoGenerator recipient, byte[] content) throws CMSException, IOException {
        CMSEnvelopedDataGenerator generator = new CMSEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(recipient);
        return generator.generate(new CMSProcessableByteArray(content), encryptor(CMSAlgorithm.AES256_CBC).build()).getEncoded();
    }

    private static byte[] gcm(RecipientInfoGenerator recipient, byte[] content) throws CMSException, IOException {
        CMSAuthEnvelopedDataGenerator generator = new CMSAuthEnvelopedDataGenerator();
        generator.addRecipientInfoGenerator(recipient);
        return generator.generate(new CMSProcessableByteArray(content), (OutputAEADEncryptor) encryptor(CMSAlgorithm.AES256_GCM).build()).getEncoded();
    }

    private static byte[] withoutWrap(byte[] letter) throws IOException {
        EnvelopedData data = EnvelopedData.getInstance(ContentInfo.getInstance(letter).getContent());
        var info = (KeyAgreeRecipientInfo) RecipientInfo.getInstance(data.getRecipientInfos().getObjectAt(0)).getInfo();
        var changed = new KeyAgreeRecipientInfo(info.getOriginator(), info.getUserKeyingMaterial(), new AlgorithmIdentifier(info.getKeyEncryptionAlgorithm().getAlgorithm()),
            info.getRecipientEncryptedKeys());
        EnvelopedData broken = new EnvelopedData(null, new DERSet(new RecipientInfo(changed)), data.getEncryptedContentInfo(), (ASN1Set) null);
        return new ContentInfo(CMSObjectIdentifiers.envelopedData, broken).getEncoded();
    }

    private static JceCMSContentEncryptorBuilder encryptor(ASN1ObjectIdentifier algorithm) {
        return new JceCMSContentEncryptorBuilder(algorithm).setProvider(new BouncyCastleProvider());
    }
}
