package antin.signing.cms;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
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

/** What is read of a letter before a key is used. */
public final class EnvelopeEntry {

    private EnvelopeEntry() {
    }

    public static void read(byte[] untrusted, X509Certificate recipient) {
        UntrustedEnvelope envelope = UntrustedEnvelope.read(untrusted);
        UntrustedRecipient.of(recipient, envelope.recipients());
    }

    /** A letter in AES-CBC and one in AES-GCM, for an EC key. */
    public static List<byte[]> seeds(X509Certificate recipient, byte[] content) {
        try {
            var pair = antin.signing.TestPki.ec("secp256r1");
            JceKeyAgreeRecipientInfoGenerator generator = new JceKeyAgreeRecipientInfoGenerator(CMSAlgorithm.ECDH_SHA256KDF, pair.getPrivate(), pair.getPublic(), CMSAlgorithm.AES256_WRAP);
            generator.addRecipient(recipient).setProvider(new BouncyCastleProvider());
            return List.of(cbc(generator, content), gcm(generator, content));
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

    private static JceCMSContentEncryptorBuilder encryptor(ASN1ObjectIdentifier algorithm) {
        return new JceCMSContentEncryptorBuilder(algorithm).setProvider(new BouncyCastleProvider());
    }
}
