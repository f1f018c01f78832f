package antin.otp.oidc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a client wants somebody's remote key to sign (Cloud Signature Consortium API 2.0.0.2, 8.3.2 and 8.3.3: scope {@code credential}, by parameters or by one
 * {@code authorization_details} of RFC 9396).
 *
 * @param credential    the key's name
 * @param signatures    how many
 * @param hashes        base64, each different
 * @param hashAlgorithm as object identifier
 */
record CredentialRequest(String credential, int signatures, List<String> hashes, String hashAlgorithm) {

    static final String SCOPE = "credential";
    private static final Map<String, Integer> DIGESTS = Map.of("2.16.840.1.101.3.4.2.1", 32, "2.16.840.1.101.3.4.2.2", 48, "2.16.840.1.101.3.4.2.3", 64);
    private static final Map<String, String> WORDS = Map.of("2.16.840.1.101.3.4.2.1", "SHA-256", "2.16.840.1.101.3.4.2.2", "SHA-384", "2.16.840.1.101.3.4.2.3", "SHA-512");
    private static final Set<String> TYPES = Set.of("credential", "https://cloudsignatureconsortium.org/2025/credential");
    private static final int MOST = 100;
    private static final int LONGEST = 40_000;
    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    CredentialRequest {
        hashes = List.copyOf(hashes);
    }

    /** @throws IllegalArgumentException with a sentence for the client */
    static CredentialRequest of(Map<String, Object> untrusted) {
        if (untrusted.get("authorization_details") instanceof String details) {
            return ofDetails(details);
        }
        String hashes = text(untrusted.get("hashes"), "hashes");
        return checked(text(untrusted.get("credentialID"), "credentialID"), number(text(untrusted.get("numSignatures"), "numSignatures")), Arrays.asList(hashes.split(",", MOST + 1)),
            text(untrusted.get("hashAlgorithmOID"), "hashAlgorithmOID"));
    }

    /** Whose the key is, by number: keys of people are named {@code person-NUMBER-N}. */
    boolean isOf(String person) {
        return credential.matches("person-" + java.util.regex.Pattern.quote(person) + "-[0-9]{1,9}");
    }

    /** For people: the algorithm's name. */
    String digest() {
        return WORDS.getOrDefault(hashAlgorithm, "");
    }

    /** For people: in groups of hexadecimal digits, as programs show a file's digest. */
    List<String> shown() {
        return hashes.stream().map(hash -> HexFormat.of().formatHex(Base64.getDecoder().decode(hash))).toList();
    }

    private static CredentialRequest ofDetails(String details) {
        try {
            JsonNode all = JSON.readTree(details.length() > LONGEST ? "" : details);
            if (!all.isArray() || all.size() != 1 || !TYPES.contains(all.get(0).path("type").asString(""))) {
                throw new IllegalArgumentException("authorization_details must be one object of the type credential.");
            }
            JsonNode one = all.get(0);
            List<String> hashes = new ArrayList<>();
            one.path("documentDigests").forEach(digest -> hashes.add(digest.path("hash").asString("")));
            return checked(one.path("credentialID").asString(""), one.path("numSignatures").asInt(hashes.size()), hashes, one.path("hashAlgorithmOID").asString(""));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("authorization_details is no JSON array.", e);
        }
    }

    private static CredentialRequest checked(String credential, int signatures, List<String> hashes, String hashAlgorithm) {
        if (!credential.matches("[a-z0-9-]{1,41}")) {
            throw new IllegalArgumentException("credentialID is not one.");
        }
        Integer octets = DIGESTS.get(hashAlgorithm);
        if (octets == null) {
            throw new IllegalArgumentException("hashAlgorithmOID must be that of SHA-256, SHA-384 or SHA-512.");
        }
        if (hashes.isEmpty() || hashes.size() > MOST || signatures < 1 || signatures > hashes.size()) {
            throw new IllegalArgumentException("hashes must be 1 to " + MOST + ", and numSignatures from 1 to their number.");
        }
        List<String> plain = hashes.stream().map(hash -> plain(hash, octets)).toList();
        if (new TreeSet<>(plain).size() != plain.size()) {
            throw new IllegalArgumentException("hashes must differ from each other.");
        }
        return new CredentialRequest(credential, signatures, plain, hashAlgorithm);
    }

    /** In addresses it is base64url, in JSON base64; each with or without its padding. */
    private static String plain(String hash, int octets) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(hash.replace('+', '-').replace('/', '_'));
            if (bytes.length == octets) {
                return Base64.getEncoder().encodeToString(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("hashes must be base64url.", e);
        }
        throw new IllegalArgumentException("hashes must be as long as hashAlgorithmOID makes them.");
    }

    private static String text(@Nullable Object value, String name) {
        if (value instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new IllegalArgumentException(name + " is missing.");
    }

    private static int number(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("numSignatures is a number.");
        }
        return Integer.parseInt(text);
    }
}
