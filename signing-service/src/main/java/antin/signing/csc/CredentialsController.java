package antin.signing.csc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.SigningKey;
import antin.signing.remote.Authorisation;
import antin.signing.remote.Authorisations;
import antin.signing.remote.RemoteKeys;
import antin.signing.csc.Credentials.Wanted;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Which keys somebody may use, and leave to sign with an agency's (CSC API 2.0.0.2, 11.4 to 11.9). Leave to sign with a person's comes from the issuer alone. */
@RestController
public final class CredentialsController {

    /** As sent. */
    private record ListQuestion(@Nullable String userID, @Nullable Boolean credentialInfo, @Nullable String certificates, @Nullable Boolean certInfo, @Nullable Boolean onlyValid) {
    }

    private record InfoQuestion(@Nullable String credentialID, @Nullable String certificates, @Nullable Boolean certInfo) {
    }

    private record AuthorizeQuestion(@Nullable String credentialID, @Nullable Integer numSignatures, @Nullable List<String> hashes, @Nullable String hashAlgorithmOID) {
    }

    private record ExtendQuestion(@Nullable String credentialID, @Nullable List<String> hashes, @Nullable String hashAlgorithmOID, @Nullable String SAD) {
    }

    private static final int SECRET_BYTES = 32;

    private final Credentials credentials;
    private final Authorisations authorisations;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    CredentialsController(Credentials credentials, Authorisations authorisations, AuditLog audit, Clock clock) {
        this.credentials = credentials;
        this.authorisations = authorisations;
        this.audit = audit;
        this.clock = clock;
    }

    @PostMapping(path = "/csc/v2/credentials/list", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> list(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request).mayAsk();
        ListQuestion question = CscJson.read(request, ListQuestion.class);
        if (question.userID != null && !question.userID.equals(caller.person().orElse(null))) {
            throw Refusals.refusal("Invalid parameter userID: the access token says whose credentials are listed");
        }
        boolean onlyValid = Boolean.TRUE.equals(question.onlyValid);
        List<SigningKey> keys = credentials.of(caller).stream().filter(key -> !onlyValid || credentials.isInTime(key)).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("credentialIDs", keys.stream().map(SigningKey::name).toList());
        if (Boolean.TRUE.equals(question.credentialInfo)) {
            Wanted wanted = new Wanted(question.certificates, question.certInfo);
            answer.put("credentialInfos", keys.stream().map(key -> {
                Map<String, Object> one = new LinkedHashMap<>(Map.of("credentialID", key.name()));
                one.putAll(credentials.describe(key, wanted));
                return one;
            }).toList());
        }
        if (onlyValid) {
            answer.put("onlyValid", true);
        }
        return answer;
    }

    @PostMapping(path = "/csc/v2/credentials/info", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> info(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request).mayAsk();
        InfoQuestion question = CscJson.read(request, InfoQuestion.class);
        return credentials.describe(credentials.find(caller, question.credentialID), new Wanted(question.certificates, question.certInfo));
    }

    @PostMapping(path = "/csc/v2/credentials/authorize", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> authorize(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request).mayAsk();
        AuthorizeQuestion question = CscJson.read(request, AuthorizeQuestion.class);
        SigningKey key = credentials.find(caller, question.credentialID);
        if (RemoteKeys.isName(key.name())) {
            throw Refusals.refusal("This credential is authorized by oauth2code: ask the authorization server for the scope credential");
        }
        if (question.numSignatures == null) {
            throw Refusals.missing("numSignatures");
        }
        String digest = Algorithms.digest(question.hashAlgorithmOID);
        List<byte[]> hashes = Base64Text.hashes(question.hashes, Caller.octets(digest), Authorisation.MOST_HASHES);
        String secret = secret();
        Authorisation given = new Authorisation(Caller.id("sad", secret), caller.actor(), key.name(), digest, question.numSignatures, hashes, clock.instant().plus(Authorisations.LASTS));
        audit.record(new AuditEvent("credential.authorize", "done", caller.actor(), caller.from(), Map.of("key", key.name(), "authorisation", given.id(),
            "hashes", Integer.toString(hashes.size()), "signatures", Integer.toString(given.signatures()))));
        authorisations.begin(given);
        return answer(secret, given.expires());
    }

    @PostMapping(path = "/csc/v2/credentials/extendTransaction", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> extend(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request).mayAsk();
        ExtendQuestion question = CscJson.read(request, ExtendQuestion.class);
        SigningKey key = credentials.find(caller, question.credentialID);
        if (question.SAD == null || question.SAD.isEmpty()) {
            throw Refusals.missing("SAD");
        }
        String before = Caller.id("sad", question.SAD);
        String digest = authorisations.hashAlgorithm(before, caller.actor(), key.name());
        if (question.hashAlgorithmOID != null && !Algorithms.digest(question.hashAlgorithmOID).equals(digest)) {
            throw new Problem(Kind.NOT_ALLOWED, "The authorisation is for hashes of another algorithm.");
        }
        Optional<List<byte[]>> hashes = question.hashes == null ? Optional.empty() : Optional.of(Base64Text.hashes(question.hashes, Caller.octets(digest), Authorisation.MOST_HASHES));
        String secret = secret();
        Instant expires = authorisations.extend(before, caller.actor(), key.name(), Caller.id("sad", secret), hashes);
        audit.record(new AuditEvent("credential.authorize", "extended", caller.actor(), caller.from(), Map.of("key", key.name(), "authorisation", Caller.id("sad", secret), "before", before)));
        return answer(secret, expires);
    }

    private Map<String, Object> answer(String secret, Instant expires) {
        return Map.of("SAD", secret, "expiresIn", Math.max(0, Duration.between(clock.instant(), expires).toSeconds()));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
