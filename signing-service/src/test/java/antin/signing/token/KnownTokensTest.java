package antin.signing.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

class KnownTokensTest {

    private static final Instant BEGIN = Instant.parse("2026-11-23T08:00:00Z");

    private final List<String> decoded = new ArrayList<>();
    private Instant now = BEGIN;
    private final Clock clock = new Clock() {

        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final KnownTokens tokens = new KnownTokens(this::decode, clock);

    @Test
    void decodesOneAgainAfterAMoment() {
        assertThat(tokens.decode("a.b.c").getSubject()).isEqualTo("a.b.c");
        assertThat(tokens.decode("a.b.c").getSubject()).isEqualTo("a.b.c");
        assertThat(tokens.decode("a.b.d").getSubject()).isEqualTo("a.b.d");
        assertThat(decoded).containsExactly("a.b.c", "a.b.d");
        now = BEGIN.plusSeconds(10);
        tokens.decode("a.b.c");
        assertThat(decoded).containsExactly("a.b.c", "a.b.d", "a.b.c");
    }

    @Test
    void remembersNoneBeyondItsEnd() {
        now = BEGIN.plus(Duration.ofMinutes(5)).minusSeconds(2);
        tokens.decode("a.b.c");
        now = BEGIN.plus(Duration.ofMinutes(5));
        tokens.decode("a.b.c");
        assertThat(decoded).hasSize(2);
    }

    @Test
    void remembersNoneThatWasRefused() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> tokens.decode("forged")).isInstanceOf(BadJwtException.class);
        }
        assertThat(decoded).containsExactly("forged", "forged");
    }

    private Jwt decode(String token) {
        decoded.add(token);
        if (token.equals("forged")) {
            throw new BadJwtException(token);
        }
        return Jwt.withTokenValue(token).header("alg", "ES256").subject(token).issuedAt(BEGIN).expiresAt(BEGIN.plus(Duration.ofMinutes(5))).build();
    }
}
