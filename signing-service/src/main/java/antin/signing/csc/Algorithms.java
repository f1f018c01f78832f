package antin.signing.csc;

import antin.kernel.key.SignatureAlgorithm;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.AlgorithmParameters;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Algorithms by object identifier (RFC 8017, appendix C; RFC 5758, 3.2; RFC 4055; RFC 5754). Digests below SHA-256 are not known here. */
final class Algorithms {

    private static final Map<String, String> DIGESTS = Map.of("2.16.840.1.101.3.4.2.1", "SHA-256", "2.16.840.1.101.3.4.2.2", "SHA-384", "2.16.840.1.101.3.4.2.3", "SHA-512");
    private static final String RSA = "1.2.840.113549.1.1.1";
    private static final String PSS = "1.2.840.113549.1.1.10";
    private static final String EC = "1.2.840.10045.2.1";
    private static final Map<String, SignatureAlgorithm> WITH_DIGEST = Map.of("1.2.840.113549.1.1.11", SignatureAlgorithm.RSA_SHA256, "1.2.840.113549.1.1.12", SignatureAlgorithm.RSA_SHA384,
        "1.2.840.113549.1.1.13", SignatureAlgorithm.RSA_SHA512, "1.2.840.10045.4.3.2", SignatureAlgorithm.ECDSA_SHA256, "1.2.840.10045.4.3.3", SignatureAlgorithm.ECDSA_SHA384,
        "1.2.840.10045.4.3.4", SignatureAlgorithm.ECDSA_SHA512);
    private static final List<String> OF_RSA = List.of(RSA, PSS, "1.2.840.113549.1.1.11", "1.2.840.113549.1.1.12", "1.2.840.113549.1.1.13");
    private static final List<String> OF_EC = List.of(EC, "1.2.840.10045.4.3.2", "1.2.840.10045.4.3.3", "1.2.840.10045.4.3.4");

    private Algorithms() {
    }

    /** What {@code signAlgo} may be for a key. */
    static List<String> of(PublicKey key) {
        return key.getAlgorithm().equals("EC") ? OF_EC : OF_RSA;
    }

    static List<String> all() {
        return java.util.stream.Stream.concat(OF_RSA.stream(), OF_EC.stream()).toList();
    }

    /** The digest's name in the JDK. Refuses what is not known, SHA-1 among it. */
    static String digest(@Nullable String oid) {
        return Optional.ofNullable(oid == null ? null : DIGESTS.get(oid)).orElseThrow(() -> oid == null || oid.isEmpty() ? Refusals.missing("hashAlgorithmOID")
            : Refusals.refusal("Invalid parameter hashAlgorithmOID: only SHA-256, SHA-384 and SHA-512 are signed here"));
    }

    /** For a document, whose digest is made here: of an algorithm that names none, SHA-256; else null. */
    static @Nullable String digestOf(String signAlgo) {
        return WITH_DIGEST.containsKey(signAlgo) ? null : DIGESTS.entrySet().stream().filter(entry -> entry.getValue().equals("SHA-256")).findFirst().orElseThrow().getKey();
    }

    /**
     * How a hash is to be signed.
     *
     * @param signAlgo         of the key alone, or of key and digest
     * @param hashAlgorithmOid absent where {@code signAlgo} says it
     * @param params           of RSA-PSS, base64 of DER (RFC 4055, 3.1); absent for the digest twice and a salt as long as it
     */
    static SignatureAlgorithm algorithm(@Nullable String signAlgo, @Nullable String hashAlgorithmOid, @Nullable String params, PublicKey key) {
        if (signAlgo == null || signAlgo.isEmpty()) {
            throw Refusals.missing("signAlgo");
        }
        SignatureAlgorithm known = WITH_DIGEST.get(signAlgo);
        String digest = known == null || hashAlgorithmOid != null ? digest(hashAlgorithmOid) : known.digest();
        SignatureAlgorithm algorithm = known == null ? Arrays.stream(SignatureAlgorithm.values()).filter(one -> oid(one).equals(signAlgo) && one.digest().equals(digest)).findFirst()
            .orElseThrow(() -> Refusals.invalid("signAlgo")) : known;
        if (!algorithm.digest().equals(digest) || !algorithm.keyAlgorithm().equals(key.getAlgorithm())) {
            throw Refusals.refusal("Invalid parameter signAlgo: it does not fit hashAlgorithmOID or the key");
        }
        if (params != null && !params.isEmpty() && !Arrays.equals(Base64Text.of(params, "signAlgoParams"), parameters(algorithm))) {
            throw Refusals.refusal("Invalid parameter signAlgoParams: RSA-PSS is done with MGF1 and the same digest, and a salt as long as it");
        }
        return algorithm;
    }

    private static String oid(SignatureAlgorithm algorithm) {
        return algorithm.isPss() ? PSS : algorithm.keyAlgorithm().equals("EC") ? EC : RSA;
    }

    private static byte[] parameters(SignatureAlgorithm algorithm) {
        if (!algorithm.isPss()) {
            return new byte[] {5, 0}; // NULL
        }
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(algorithm.pss());
            return parameters.getEncoded();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }
}
