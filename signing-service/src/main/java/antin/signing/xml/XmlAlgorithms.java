package antin.signing.xml;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.apache.xml.security.algorithms.MessageDigestAlgorithm;
import org.apache.xml.security.algorithms.implementations.ECDSAUtils;
import org.apache.xml.security.c14n.Canonicalizer;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;

/** The names of what we sign with (RFC 4051, RFC 6931), and all that we read: nothing else is looked at. */
final class XmlAlgorithms {

    static final Set<String> CANONICAL = Set.of(Canonicalizer.ALGO_ID_C14N_OMIT_COMMENTS, Canonicalizer.ALGO_ID_C14N_EXCL_OMIT_COMMENTS, Canonicalizer.ALGO_ID_C14N11_OMIT_COMMENTS);
    static final Set<String> DIGESTS = Set.of(MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256, MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA384, MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA512);

    /** What was in use once, and is too weak to prove anything today (ETSI TS 119 312, 4). */
    private static final Set<String> OVER = Set.of(MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA1, MessageDigestAlgorithm.ALGO_ID_DIGEST_NOT_RECOMMENDED_MD5, MessageDigestAlgorithm.ALGO_ID_DIGEST_RIPEMD160,
        XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA1, XMLSignature.ALGO_ID_SIGNATURE_DSA, XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA1, XMLSignature.ALGO_ID_SIGNATURE_NOT_RECOMMENDED_RSA_MD5,
        XMLSignature.ALGO_ID_SIGNATURE_RSA_RIPEMD160, XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA1_MGF1);

    private XmlAlgorithms() {
    }

    static String uri(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case RSA_PSS_SHA256 -> XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256_MGF1;
            case RSA_PSS_SHA384 -> XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA384_MGF1;
            case RSA_PSS_SHA512 -> XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA512_MGF1;
            case RSA_SHA256 -> XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA256;
            case RSA_SHA384 -> XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA384;
            case RSA_SHA512 -> XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA512;
            case ECDSA_SHA256 -> XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256;
            case ECDSA_SHA384 -> XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA384;
            case ECDSA_SHA512 -> XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA512;
        };
    }

    static Optional<SignatureAlgorithm> of(String uri) {
        return Arrays.stream(SignatureAlgorithm.values()).filter(one -> uri(one).equals(uri)).findFirst();
    }

    static String digest(SignatureAlgorithm algorithm) {
        return switch (algorithm.digest()) {
            case "SHA-384" -> MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA384;
            case "SHA-512" -> MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA512;
            default -> MessageDigestAlgorithm.ALGO_ID_DIGEST_SHA256;
        };
    }

    /**
     * A signature value as XML has it: of ECDSA r and s, each as long as the curve's order, without DER (RFC 4051, 2.3.6).
     *
     * @throws Problem {@code SIGNATURE_MISMATCH} where it is none of ECDSA
     */
    static byte[] value(X509Certificate certificate, byte[] value) {
        if (!(certificate.getPublicKey() instanceof ECPublicKey key)) {
            return value;
        }
        try {
            return ECDSAUtils.convertASN1toXMLDSIG(value, (key.getParams().getOrder().bitLength() + 7) / 8);
        } catch (IOException e) {
            throw new Problem(Kind.SIGNATURE_MISMATCH, "The signature value is not one of ECDSA in DER.", e);
        }
    }

    static boolean isOver(String uri) {
        return OVER.contains(uri);
    }

    static boolean isTransform(String uri) {
        return uri.equals(Transforms.TRANSFORM_ENVELOPED_SIGNATURE) || CANONICAL.contains(uri);
    }
}
