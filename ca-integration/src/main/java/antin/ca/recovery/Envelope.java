package antin.ca.recovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.cms.CMSAlgorithm;
import org.bouncycastle.cms.CMSAuthEnvelopedData;
import org.bouncycastle.cms.CMSAuthEnvelopedDataGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.jcajce.JceCMSContentEncryptorBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeAuthEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyAgreeRecipientInfoGenerator;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OutputAEADEncryptor;

/**
 * A private key in CMS AuthEnvelopedData (RFC 5083) with AES-256-GCM (RFC 5084), for the holder of a P-384 key (RFC 5753). Inside is text, a line that names its owner and the key
 * in PEM, so that in need {@code openssl cms -decrypt} and an operator can read it.
 */
public final class Envelope {

    /** What was inside. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(String owner, byte[] pkcs8) {
    }

    private static final Provider PROVIDER = new BouncyCastleProvider();
    private static final Pattern CONTENT = Pattern.compile("owner: ([^\\n]{1,200})\\n-----BEGIN PRIVATE KEY-----\\n([A-Za-z0-9+/=\\n]+)\\n-----END PRIVATE KEY-----\\n");

    private Envelope() {
    }

    /** @param owner one line */
    public static byte[] seal(String owner, byte[] pkcs8, X509Certificate recovery, SecureRandom random) {
        String text = "owner: " + owner + "\n-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8) + "\n-----END PRIVATE KEY-----\n";
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", PROVIDER);
            generator.initialize(new ECGenParameterSpec("secp384r1"), random);
            KeyPair once = generator.generateKeyPair();
            CMSAuthEnvelopedDataGenerator envelopes = new CMSAuthEnvelopedDataGenerator();
            envelopes.addRecipientInfoGenerator(new JceKeyAgreeRecipientInfoGenerator(CMSAlgorithm.ECDH_SHA384KDF, once.getPrivate(), once.getPublic(), CMSAlgorithm.AES256_WRAP)
                .addRecipient(recovery).setProvider(PROVIDER).setSecureRandom(random));
            OutputAEADEncryptor cipher = (OutputAEADEncryptor) new JceCMSContentEncryptorBuilder(CMSAlgorithm.AES256_GCM).setProvider(PROVIDER).setSecureRandom(random).build();
            return envelopes.generate(new CMSProcessableByteArray(text.getBytes(StandardCharsets.UTF_8)), cipher).getEncoded();
        } catch (CMSException | IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The key cannot be sealed", e);
        }
    }

    /** Throws where it is no envelope, for somebody else, or changed. */
    static Content open(byte[] untrustedEnvelope, PrivateKey recovery) throws CMSException {
        CMSAuthEnvelopedData envelope = new CMSAuthEnvelopedData(untrustedEnvelope);
        for (RecipientInformation recipient : envelope.getRecipientInfos().getRecipients()) {
            String text = new String(recipient.getContent(new JceKeyAgreeAuthEnvelopedRecipient(recovery).setProvider(PROVIDER)), StandardCharsets.UTF_8);
            Matcher content = CONTENT.matcher(text);
            if (content.matches()) {
                return new Content(content.group(1), Base64.getMimeDecoder().decode(content.group(2)));
            }
        }
        throw new CMSException("There is no key of ours in it");
    }
}
