package antin.bridge.token;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xipki.pkcs11.wrapper.Mechanism;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.params.RSA_PKCS_PSS_PARAMS;

/** Our algorithms in PKCS#11's words (2.40 current mechanisms, 2.1 and 2.3). Digests come ready, so only mechanisms that take a digest count. */
final class Mechanisms {

    private Mechanisms() {
    }

    /** What a key can do with the token's mechanisms, the best first. */
    static List<SignatureAlgorithm> algorithms(PublicKey key, long[] reported) {
        List<SignatureAlgorithm> algorithms = new ArrayList<>();
        for (SignatureAlgorithm.Scheme scheme : key instanceof ECPublicKey ? List.of(SignatureAlgorithm.Scheme.ECDSA)
            : List.of(SignatureAlgorithm.Scheme.PSS, SignatureAlgorithm.Scheme.PKCS1)) {
            for (HashFunction hash : HashFunction.values()) {
                if (has(reported, code(scheme)) && (scheme != SignatureAlgorithm.Scheme.PSS || has(reported, hash.mechanism()))) {
                    algorithms.add(new SignatureAlgorithm(scheme, hash));
                }
            }
        }
        return algorithms;
    }

    static Mechanism mechanism(SignatureAlgorithm algorithm) {
        HashFunction hash = algorithm.hash();
        return algorithm.scheme() == SignatureAlgorithm.Scheme.PSS
            ? new Mechanism(PKCS11Constants.CKM_RSA_PKCS_PSS, new RSA_PKCS_PSS_PARAMS(hash.mechanism(), hash.mask(), hash.bytes())) // RFC 8017, 9.1: a salt as long as the digest
            : new Mechanism(code(algorithm.scheme()));
    }

    /** What the mechanism wants to be given. */
    static byte[] input(SignatureAlgorithm algorithm, PublicKey key, byte[] digest) {
        return switch (algorithm.scheme()) {
            // FIPS 186-5, 6.4.1: the leftmost bits, as many as the order has. Some tokens cut a longer digest, some refuse it.
            case ECDSA -> key instanceof ECPublicKey ec && digest.length > orderBytes(ec) ? Arrays.copyOf(digest, orderBytes(ec)) : digest;
            case PKCS1 -> algorithm.hash().digestInfo(digest);
            case PSS -> digest;
        };
    }

    private static long code(SignatureAlgorithm.Scheme scheme) {
        return switch (scheme) {
            case ECDSA -> PKCS11Constants.CKM_ECDSA;
            case PKCS1 -> PKCS11Constants.CKM_RSA_PKCS;
            case PSS -> PKCS11Constants.CKM_RSA_PKCS_PSS;
        };
    }

    private static boolean has(long[] reported, long code) {
        return Arrays.stream(reported).anyMatch(mechanism -> mechanism == code);
    }

    private static int orderBytes(ECPublicKey key) {
        return (key.getParams().getOrder().bitLength() + 7) / 8;
    }
}
