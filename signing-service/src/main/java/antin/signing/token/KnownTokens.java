package antin.signing.token;

import antin.signing.Digests;
import antin.signing.LastUsed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Tokens that were found good a moment ago, by their digest: a system sends the same one with each of its requests. */
final class KnownTokens implements JwtDecoder {

    /** How much longer a token may count whose key the issuer took away. */
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final int MOST = 1_000;

    private record Known(Jwt token, Instant until) {
    }

    private final JwtDecoder decoder;
    private final Clock clock;
    private final Map<String, Known> known = Collections.synchronizedMap(new LastUsed<>(MOST));

    KnownTokens(JwtDecoder decoder, Clock clock) {
        this.decoder = decoder;
        this.clock = clock;
    }

    @Override
    public Jwt decode(String token) {
        MessageDigest sha256 = Digests.newSha256();
        sha256.update(token.getBytes(StandardCharsets.UTF_8));
        String digest = Digests.text(sha256);
        Instant now = clock.instant();
        Known last = known.get(digest);
        if (last != null && now.isBefore(last.until)) {
            return last.token;
        }
        Jwt read = decoder.decode(token);
        Instant over = Objects.requireNonNull(read.getExpiresAt());
        Instant moment = now.plus(MOMENT);
        known.put(digest, new Known(read, over.isBefore(moment) ? over : moment));
        return read;
    }
}
