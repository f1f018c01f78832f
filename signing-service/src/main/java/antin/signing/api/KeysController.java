package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.owner.KeyOwners;
import antin.signing.owner.TakeOver;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which keys the caller may seal with or answers for, and taking one over. */
@RestController
final class KeysController {

    /** As answered. */
    private record Key(String name, String algorithm, Certificate certificate, Set<String> owners) {
    }

    private record Certificate(String subject, String issuer, String serial, String notAfter) {
    }

    /** As sent. */
    private record Question(@Nullable String approval) {
    }

    private static final String SEAL = "seal:";

    private final KeyRing keys;
    private final KeyOwners owners;
    private final TakeOver takeOver;

    KeysController(KeyRing keys, KeyOwners owners, TakeOver takeOver) {
        this.keys = keys;
        this.owners = owners;
        this.takeOver = takeOver;
    }

    @GetMapping(path = "/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    List<Key> list(@AuthenticationPrincipal Jwt token) {
        String person = AccessTokens.person(token);
        Set<String> names = new TreeSet<>(person == null ? Set.of() : owners.keysOf(person));
        Scopes.of(token).stream().filter(scope -> scope.startsWith(SEAL)).forEach(scope -> names.add(scope.substring(SEAL.length())));
        return names.stream().flatMap(name -> keys.find(name).stream()).map(this::json).toList();
    }

    @PostMapping(path = "/v1/keys/{name}/handover", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void take(@AuthenticationPrincipal Jwt token, @PathVariable String name, HttpServletRequest request) throws IOException {
        UUID approval = approval(SmallJson.read(request, Question.class));
        String person = AccessTokens.person(token);
        if (person == null) {
            throw new Problem(Kind.NOT_ALLOWED, "A key is taken over by a person, not by a system.");
        }
        takeOver.take(name, approval, person, AccessTokens.actor(token), request.getRemoteAddr());
    }

    private Key json(SigningKey key) {
        Certificate certificate = new Certificate(key.certificate().getSubjectX500Principal().getName(), key.certificate().getIssuerX500Principal().getName(),
            key.certificate().getSerialNumber().toString(16), key.certificate().getNotAfter().toInstant().toString());
        return new Key(key.name(), SignatureAlgorithm.usual(key.certificate().getPublicKey()).word(), certificate, new TreeSet<>(owners.of(key.name())));
    }

    private static UUID approval(Question question) {
        String text = question.approval == null ? "" : question.approval;
        if (!text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The member \"approval\" must be the id of an approval.");
        }
        return UUID.fromString(text);
    }
}
