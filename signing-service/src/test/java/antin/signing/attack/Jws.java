package antin.signing.attack;

import antin.signing.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** JSON signatures (RFC 7515) written by hand, so that a header says whatever somebody wants it to. */
public record Jws(String header, String payload, String value, String unprotected) {

    static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /** The header of an honest signature without its braces. */
    public static String header(String algorithm, List<X509Certificate> chain) throws GeneralSecurityException {
        return "\"alg\":\"" + algorithm + "\"," + x5t(chain.getFirst()) + "," + x5c(chain) + ",\"sigT\":\"" + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\"";
    }

    static String x5t(X509Certificate certificate) throws GeneralSecurityException {
        return "\"x5t#S256\":\"" + URL.encodeToString(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded())) + "\"";
    }

    static String x5c(List<X509Certificate> chain) throws GeneralSecurityException {
        List<String> encoded = new java.util.ArrayList<>();
        for (X509Certificate one : chain) {
            encoded.add("\"" + Base64.getEncoder().encodeToString(one.getEncoded()) + "\"");
        }
        return "\"x5c\":" + encoded.stream().collect(Collectors.joining(",", "[", "]"));
    }

    /** Signed by an elliptic curve's key (RFC 7518, 3.4). */
    public static Jws es256(TestKey key, String header, String payload) throws GeneralSecurityException {
        return signed("SHA256withECDSAinP1363Format", key, header, payload);
    }

    static Jws signed(String engine, TestKey key, String header, String payload) throws GeneralSecurityException {
        String text = "{" + header + "}";
        Signature signature = Signature.getInstance(engine);
        signature.initSign(key.key());
        signature.update((part(text) + "." + part(payload)).getBytes(StandardCharsets.US_ASCII));
        return new Jws(text, payload, URL.encodeToString(signature.sign()), "");
    }

    static String part(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    Jws over(String other) {
        return new Jws(header, other, value, unprotected);
    }

    Jws headed(String other) {
        return new Jws(other, payload, value, unprotected);
    }

    Jws beside(String other) {
        return new Jws(header, payload, value, other);
    }

    /** RFC 7515, 7.2.2. */
    public String flattened() {
        return "{\"payload\":\"" + part(payload) + "\",\"protected\":\"" + part(header) + "\"," + (unprotected.isEmpty() ? "" : "\"header\":{" + unprotected + "},")
            + "\"signature\":\"" + value + "\"}";
    }

    /** RFC 7515, 7.1. */
    public String compact() {
        return part(header) + "." + part(payload) + "." + value;
    }
}
