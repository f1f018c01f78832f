package antin.signing.csc;

import antin.kernel.key.KeyRing;
import antin.kernel.key.SigningKey;
import antin.signing.remote.RemoteKeys;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that somebody may use here: a person's own, and for systems those that their token has the scope {@code seal:KEY} for. */
final class Credentials {

    private static final DateTimeFormatter GENERALIZED_TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What of the certificate is wanted. How it is authorised is short enough to be said always. */
    record Wanted(@Nullable String certificates, @Nullable Boolean certInfo) {
    }

    private final KeyRing keys;
    private final RemoteKeys remoteKeys;
    private final Clock clock;

    Credentials(KeyRing keys, RemoteKeys remoteKeys, Clock clock) {
        this.keys = keys;
        this.remoteKeys = remoteKeys;
        this.clock = clock;
    }

    List<SigningKey> of(Caller caller) {
        if (caller.person().isPresent()) {
            return remoteKeys.of(caller.person().get());
        }
        return caller.scopes().stream().filter(scope -> scope.startsWith(Caller.SEAL)).map(scope -> scope.substring(Caller.SEAL.length())).sorted()
            .flatMap(name -> agencys(name)).toList();
    }

    /** Whoever may not use it learns no more than that it is not theirs. */
    SigningKey find(Caller caller, @Nullable String credential) {
        if (credential == null || credential.isEmpty()) {
            throw Refusals.missing("credentialID");
        }
        return (caller.person().isPresent() ? remoteKeys.find(credential, caller.person().get()).stream()
            : caller.scopes().contains(Caller.SEAL + credential) ? agencys(credential) : Stream.<SigningKey>empty()).findFirst().orElseThrow(() -> Refusals.invalid("credentialID"));
    }

    boolean isInTime(SigningKey key) {
        Instant now = clock.instant();
        return !now.isBefore(key.certificate().getNotBefore().toInstant()) && !now.isAfter(key.certificate().getNotAfter().toInstant());
    }

    /** CSC API 2.0.0.2, 11.5. */
    Map<String, Object> describe(SigningKey key, Wanted wanted) {
        Map<String, Object> answer = new LinkedHashMap<>();
        Map<String, Object> about = new LinkedHashMap<>(Map.of("status", "enabled", "algo", Algorithms.of(key.certificate().getPublicKey()), "len", bits(key)));
        if (key.certificate().getPublicKey() instanceof ECPublicKey ec) {
            about.put("curve", ec.getParams().getCurve().getField().getFieldSize() == 384 ? "1.3.132.0.34" : "1.2.840.10045.3.1.7");
        }
        answer.put("key", about);
        answer.put("cert", certificate(key, wanted));
        answer.put("auth", Map.of("mode", RemoteKeys.isName(key.name()) ? "oauth2code" : "implicit", "objects", List.of())); // nothing to type in; clients of EUDI want the list all the same
        answer.put("SCAL", "1"); // EN 419 241-1; hashes are bound all the same
        answer.put("multisign", antin.signing.remote.Authorisation.MOST_HASHES);
        answer.put("lang", "vi-VN");
        return answer;
    }

    private Map<String, Object> certificate(SigningKey key, Wanted wanted) {
        X509Certificate certificate = key.certificate();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", isInTime(key) ? "valid" : "expired");
        switch (wanted.certificates() == null ? "single" : wanted.certificates()) {
            case "none" -> { }
            case "single" -> answer.put("certificates", List.of(base64(certificate)));
            case "chain" -> answer.put("certificates", key.chain().stream().map(Credentials::base64).toList());
            default -> throw Refusals.invalid("certificates");
        }
        if (Boolean.TRUE.equals(wanted.certInfo())) {
            answer.put("issuerDN", certificate.getIssuerX500Principal().getName());
            answer.put("serialNumber", certificate.getSerialNumber().toString(16));
            answer.put("subjectDN", certificate.getSubjectX500Principal().getName());
            answer.put("validFrom", GENERALIZED_TIME.format(certificate.getNotBefore().toInstant()));
            answer.put("validTo", GENERALIZED_TIME.format(certificate.getNotAfter().toInstant()));
        }
        return answer;
    }

    private Stream<SigningKey> agencys(String name) {
        return RemoteKeys.isName(name) ? Stream.empty() : keys.find(name).stream();
    }

    private static int bits(SigningKey key) {
        return switch (key.certificate().getPublicKey()) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength();
            case ECPublicKey ec -> ec.getParams().getCurve().getField().getFieldSize();
            default -> 0;
        };
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("It was read from its encoding", e);
        }
    }
}
