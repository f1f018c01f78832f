package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.AuthEnvelopedData;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.GCMParameters;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * EnvelopedData (RFC 5652, 6.1) with AES-CBC (RFC 3565), or AuthEnvelopedData (RFC 5083) with AES-GCM (RFC 5084), as somebody sent it. What is wrong here everybody can see, and may be told.
 *
 * @param recipients what is not read yet of each
 * @param keyBytes   how long the content's key is
 * @param nonce      of GCM; of CBC the initialisation vector
 * @param tagBits    of GCM; 0 for CBC
 * @param attributes that GCM authenticates, as it takes them
 * @param content    encrypted, in GCM with its tag behind it
 */
record UntrustedEnvelope(ASN1Set recipients, int keyBytes, byte[] nonce, int tagBits, byte[] attributes, byte[] content) {

    private static final Map<ASN1ObjectIdentifier, Integer> CBC = Map.of(NISTObjectIdentifiers.id_aes128_CBC, 16, NISTObjectIdentifiers.id_aes192_CBC, 24,
        NISTObjectIdentifiers.id_aes256_CBC, 32);
    private static final Map<ASN1ObjectIdentifier, Integer> GCM = Map.of(NISTObjectIdentifiers.id_aes128_GCM, 16, NISTObjectIdentifiers.id_aes192_GCM, 24,
        NISTObjectIdentifiers.id_aes256_GCM, 32);
    private static final int BLOCK = 16;
    private static final int GCM_NONCE = 12;

    /** Refuses what is not one, or encrypted by anything else. */
    static UntrustedEnvelope read(byte[] untrusted) {
        try (ASN1InputStream in = new ASN1InputStream(untrusted)) {
            ContentInfo info = ContentInfo.getInstance(in.readObject());
            if (info != null && CMSObjectIdentifiers.envelopedData.equals(info.getContentType())) {
                return read(EnvelopedData.getInstance(info.getContent()));
            }
            if (info != null && CMSObjectIdentifiers.authEnvelopedData.equals(info.getContentType())) {
                return read(AuthEnvelopedData.getInstance(info.getContent()));
            }
        } catch (IOException | RuntimeException | StackOverflowError e) {
            throw e instanceof Problem problem ? problem : new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.", e);
        }
        throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is no EnvelopedData and no AuthEnvelopedData.");
    }

    boolean isAuthenticated() {
        return tagBits > 0;
    }

    private static UntrustedEnvelope read(EnvelopedData data) {
        AlgorithmIdentifier algorithm = data.getEncryptedContentInfo().getContentEncryptionAlgorithm();
        int keyBytes = keyBytes(CBC, algorithm);
        byte[] vector = ASN1OctetString.getInstance(algorithm.getParameters()).getOctets();
        byte[] content = content(data.getEncryptedContentInfo());
        if (vector.length != BLOCK || content.length == 0 || content.length % BLOCK != 0) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.");
        }
        return new UntrustedEnvelope(data.getRecipientInfos(), keyBytes, vector, 0, new byte[0], content);
    }

    private static UntrustedEnvelope read(AuthEnvelopedData data) throws IOException {
        AlgorithmIdentifier algorithm = data.getAuthEncryptedContentInfo().getContentEncryptionAlgorithm();
        int keyBytes = keyBytes(GCM, algorithm);
        GCMParameters parameters = GCMParameters.getInstance(algorithm.getParameters());
        byte[] tag = data.getMac().getOctets();
        if (parameters.getNonce().length != GCM_NONCE || tag.length != parameters.getIcvLen() || tag.length < GCM_NONCE || tag.length > BLOCK) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.");
        }
        byte[] encrypted = content(data.getAuthEncryptedContentInfo());
        byte[] content = new byte[encrypted.length + tag.length];
        System.arraycopy(encrypted, 0, content, 0, encrypted.length);
        System.arraycopy(tag, 0, content, encrypted.length, tag.length);
        // RFC 5083, 2.2: authenticated as a SET in DER, not under the tag that they have in the message
        byte[] attributes = data.getAuthAttrs() == null ? new byte[0] : new DERSet(data.getAuthAttrs().toArray()).getEncoded(ASN1Encoding.DER);
        return new UntrustedEnvelope(data.getRecipientInfos(), keyBytes, parameters.getNonce(), 8 * tag.length, attributes, content);
    }

    private static byte[] content(EncryptedContentInfo info) {
        return Optional.ofNullable(info.getEncryptedContent()).orElseThrow(() -> new Problem(Kind.MALFORMED_DOCUMENT, "The message has no content.")).getOctets();
    }

    private static int keyBytes(Map<ASN1ObjectIdentifier, Integer> known, AlgorithmIdentifier algorithm) {
        Integer bytes = known.get(algorithm.getAlgorithm());
        if (bytes == null) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is encrypted by an algorithm that is not taken here: only AES, in CBC or GCM.");
        }
        return bytes;
    }
}
