package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyTransport;
import antin.kernel.key.SignatureAlgorithm;
import antin.keys.Fitting;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_OAEP_PARAMS;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_PSS_PARAMS;

/**
 * Our algorithms in PKCS#11's words (2.40 current mechanisms, 2.1 and 2.3). The digest is made here and only that goes to the
 * token: every token can do so, and none has to be sent a whole document.
 */
final class Mechanisms {

    private Mechanisms() {
    }

    static Mechanism mechanism(SignatureAlgorithm algorithm) {
        if (algorithm.isPss()) {
            return switch (algorithm.digest()) {
                case "SHA-256" -> pss(PKCS11Constants.CKM_SHA256, PKCS11Constants.CKG_MGF1_SHA256, 32);
                case "SHA-384" -> pss(PKCS11Constants.CKM_SHA384, PKCS11Constants.CKG_MGF1_SHA384, 48);
                case "SHA-512" -> pss(PKCS11Constants.CKM_SHA512, PKCS11Constants.CKG_MGF1_SHA512, 64);
                default -> throw new IllegalArgumentException(algorithm.word());
            };
        }
        return new Mechanism("EC".equals(algorithm.keyAlgorithm()) ? PKCS11Constants.CKM_ECDSA : PKCS11Constants.CKM_RSA_PKCS);
    }

    /** What the mechanism wants to be given. */
    static byte[] input(SignatureAlgorithm algorithm, PublicKey key, byte[] toBeSigned) {
        try {
            return inputOfDigest(algorithm, key, MessageDigest.getInstance(algorithm.digest()).digest(toBeSigned));
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.INTERNAL, "The digest could not be made.", e);
        }
    }

    /** The same for a digest that was made elsewhere. */
    static byte[] inputOfDigest(SignatureAlgorithm algorithm, PublicKey key, byte[] digest) {
        try {
            if (key instanceof ECPublicKey ec) {
                // FIPS 186-5, 6.4.1: the leftmost bits, as many as the order has. Some tokens cut a longer digest, some refuse it.
                return digest.length > fieldBytes(ec) ? Arrays.copyOf(digest, fieldBytes(ec)) : digest;
            }
            // RFC 8017, 9.2: PKCS #1 v1.5 pads a DigestInfo, PSS takes the digest.
            return algorithm.isPss() ? digest
                : new DigestInfo(new DefaultDigestAlgorithmIdentifierFinder().find(algorithm.digest()), digest).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "The digest could not be written.", e);
        }
    }

    /** The value as X.509 and CMS know it: a token gives ECDSA's r and s side by side (PKCS#11 2.3.1), and the world wants a sequence (RFC 3279, 2.2.3). */
    static byte[] output(PublicKey key, byte[] value) {
        if (!(key instanceof ECPublicKey ec) || value.length != 2 * fieldBytes(ec)) {
            return value;
        }
        try {
            int half = value.length / 2;
            return new DERSequence(new ASN1Encodable[] {new ASN1Integer(new BigInteger(1, Arrays.copyOf(value, half))),
                new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(value, half, value.length)))}).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "The signature's value could not be written.", e);
        }
    }

    /** For tokens that do not undo RSA's bare operation. */
    static Mechanism mechanism(KeyTransport transport) {
        return transport.isOaep() ? new Mechanism(PKCS11Constants.CKM_RSA_PKCS_OAEP, new RSA_PKCS_OAEP_PARAMS(digest(transport.digest()), mask(transport.maskDigest()),
            PKCS11Constants.CKZ_DATA_SPECIFIED, null)) : new Mechanism(PKCS11Constants.CKM_RSA_PKCS);
    }

    /** A block as long as the modulus: some tokens leave out the zeros in front. */
    static byte[] block(PublicKey key, byte[] value) {
        int length = (Fitting.rsa(key).getModulus().bitLength() + 7) / 8;
        byte[] block = new byte[length];
        System.arraycopy(value, Math.max(0, value.length - length), block, Math.max(0, length - value.length), Math.min(length, value.length));
        return block;
    }

    private static long digest(String name) {
        return switch (name) {
            case "SHA-1" -> PKCS11Constants.CKM_SHA_1;
            case "SHA-256" -> PKCS11Constants.CKM_SHA256;
            case "SHA-384" -> PKCS11Constants.CKM_SHA384;
            default -> PKCS11Constants.CKM_SHA512;
        };
    }

    private static long mask(String name) {
        return switch (name) {
            case "SHA-1" -> PKCS11Constants.CKG_MGF1_SHA1;
            case "SHA-256" -> PKCS11Constants.CKG_MGF1_SHA256;
            case "SHA-384" -> PKCS11Constants.CKG_MGF1_SHA384;
            default -> PKCS11Constants.CKG_MGF1_SHA512;
        };
    }

    private static Mechanism pss(long digest, long mask, int saltBytes) {
        return new Mechanism(PKCS11Constants.CKM_RSA_PKCS_PSS, new RSA_PKCS_PSS_PARAMS(digest, mask, saltBytes));
    }

    private static int fieldBytes(ECPublicKey key) {
        return (key.getParams().getOrder().bitLength() + 7) / 8;
    }
}
