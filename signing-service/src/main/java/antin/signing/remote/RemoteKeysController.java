package antin.signing.remote;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SigningKey;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's own keys here: which there are, and one more. */
@RestController
public final class RemoteKeysController {

    /** As answered. */
    record Key(String name, String subject, String serial, String notAfter) {
    }

    private static final String PATH = "/v1/remote-keys";
    /** As old as the second factor may be that a key is made after. */
    private static final Duration OLDEST_FACTOR = Duration.ofMinutes(10);

    private final RemoteKeys keys;
    private final Clock clock;

    public RemoteKeysController(RemoteKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    List<Key> list(@AuthenticationPrincipal Jwt token) {
        return keys.of(person(token)).stream().map(RemoteKeysController::json).toList();
    }

    @PostMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    Key make(@AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        String person = person(token);
        Instant proven = token.getClaim("auth_time") instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : Instant.EPOCH;
        if (proven.plus(OLDEST_FACTOR).isBefore(clock.instant())) {
            throw new Problem(Kind.NOT_ALLOWED, "A key is made within ten minutes of a second factor: ask for the token with max_age=" + OLDEST_FACTOR.toSeconds() + ".");
        }
        return json(keys.make(person, AccessTokens.actor(token), request.getRemoteAddr()));
    }

    private static String person(Jwt token) {
        String person = AccessTokens.person(token);
        if (person == null) {
            throw new Problem(Kind.NOT_ALLOWED, "These keys are people's, not systems'.");
        }
        return person;
    }

    private static Key json(SigningKey key) {
        return new Key(key.name(), key.certificate().getSubjectX500Principal().getName(), key.certificate().getSerialNumber().toString(16), key.certificate().getNotAfter().toInstant().toString());
    }
}
