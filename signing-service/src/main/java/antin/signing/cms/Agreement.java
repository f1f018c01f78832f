package antin.signing.cms;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.DecryptionKey;
import antin.signing.cms.UntrustedRecipient.Agreed;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.OriginatorPublicKey;
import org.bouncycastle.asn1.cms.ecc.ECCCMSSharedInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Ephemeral-static ECDH with the KDF of X9.63 and AES key wrap (RFC 5753, 3.1; RFC 3565, 2.3). On curves with cofactor 1 both kinds of ECDH are one. */
final class Agreement {

    private static final Map<ASN1ObjectIdentifier, String> DIGESTS = Map.of(
        X9ObjectIdentifiers.dhSinglePass_stdDH_sha1kdf_scheme, "SHA-1", X9ObjectIdentifiers.dhSinglePass_cofactorDH_sha1kdf_scheme, "SHA-1",
        SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme, "SHA-256", SECObjectIdentifiers.dhSinglePass_cofactorDH_sha256kdf_scheme, "SHA-256",
        SECObjectIdentifiers.dhSinglePass_stdDH_sha384kdf_scheme, "SHA-384", SECObjectIdentifiers.dhSinglePass_cofactorDH_sha384kdf_scheme, "SHA-384",
        SECObjectIdentifiers.dhSinglePass_stdDH_sha512kdf_scheme, "SHA-512", SECObjectIdentifiers.dhSinglePass_cofactorDH_sha512kdf_scheme, "SHA-512");
    private static final Map<ASN1ObjectIdentifier, Integer> WRAPS = Map.of(NISTObjectIdentifiers.id_aes128_wrap, 16, NISTObjectIdentifiers.id_aes192_wrap, 24,
        NISTObjectIdentifiers.id_aes256_wrap, 32);
    private static final byte UNCOMPRESSED = 4; // SEC 1, 2.3.3

    private Agreement() {
    }

    /** The content's key; empty where it does not unwrap. */
    static Optional<byte[]> contentKey(Agreed recipient, DecryptionKey key) {
        try {
            AlgorithmIdentifier scheme = recipient.info().getKeyEncryptionAlgorithm();
            AlgorithmIdentifier wrap = AlgorithmIdentifier.getInstance(scheme.getParameters());
            String digest = DIGESTS.get(scheme.getAlgorithm());
            Integer wrapBytes = wrap == null ? null : WRAPS.get(wrap.getAlgorithm());
            OriginatorPublicKey sender = recipient.info().getOriginator().getOriginatorKey();
            if (digest == null || wrapBytes == null || sender == null) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, "The message's key is agreed on by an algorithm that is not taken here.");
            }
            byte[] secret = key.agree(point(sender.getPublicKeyData().getOctets(), key));
            return unwrapped(derived(secret, wrap, recipient, digest, wrapBytes), recipient.encryptedKey());
        } catch (IOException | GeneralSecurityException | IllegalArgumentException | IllegalStateException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.", e);
        }
    }

    /** On the curve of our own key, whatever parameters are named; whether it lies there the key asks. */
    private static ECPublicKey point(byte[] untrusted, DecryptionKey key) throws GeneralSecurityException {
        if (!(key.certificate().getPublicKey() instanceof ECPublicKey own)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The message is broken.");
        }
        int half = (own.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        if (untrusted.length != 1 + 2 * half || untrusted[0] != UNCOMPRESSED) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The sender's public key is not one on the curve of the receiver's.");
        }
        ECPoint point = new ECPoint(new BigInteger(1, Arrays.copyOfRange(untrusted, 1, 1 + half)), new BigInteger(1, Arrays.copyOfRange(untrusted, 1 + half, untrusted.length)));
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, own.getParams()));
    }

    /** SEC 1, 3.6.1, over ECC-CMS-SharedInfo (RFC 5753, 7.2). */
    private static byte[] derived(byte[] secret, AlgorithmIdentifier wrap, Agreed recipient, String name, int length) throws IOException, GeneralSecurityException {
        byte[] bits = {0, 0, (byte) (8 * length >> 8), (byte) (8 * length)};
        byte[] material = recipient.info().getUserKeyingMaterial() == null ? null : recipient.info().getUserKeyingMaterial().getOctets();
        byte[] shared = (material == null ? new ECCCMSSharedInfo(wrap, bits) : new ECCCMSSharedInfo(wrap, material, bits)).getEncoded(ASN1Encoding.DER);
        MessageDigest digest = MessageDigest.getInstance(name);
        byte[] key = new byte[length];
        int done = 0;
        for (int counter = 1; done < length; counter++) {
            digest.update(secret);
            digest.update(new byte[] {0, 0, 0, (byte) counter});
            byte[] part = digest.digest(shared);
            System.arraycopy(part, 0, key, done, Math.min(part.length, length - done));
            done += part.length;
        }
        return key;
    }

    private static Optional<byte[]> unwrapped(byte[] wrapping, byte[] encrypted) {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrapping, "AES"));
            Key key = cipher.unwrap(encrypted, "AES", Cipher.SECRET_KEY);
            return Optional.ofNullable(key.getEncoded());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
