package antin.otp.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T08:00:00Z"));
    private SigningKeys stored;
    private PublishedKeys here;
    private PublishedKeys there;

    @BeforeEach
    void open() {
        TestDatabase.client().sql("DELETE FROM signing_key").update();
        stored = new SigningKeys(TestDatabase.client(), TestDatabase.transactions(), TestDatabase.vault(), clock);
        here = new PublishedKeys(stored, clock);
        there = new PublishedKeys(stored, clock);
    }

    @Test
    void areTheSameForEveryProcess() {
        assertThat(ids(here)).hasSize(1).isEqualTo(ids(there));
    }

    @Test
    void arePublishedADayBeforeTheySign() {
        String first = ids(here).getFirst();
        clock.forward(SigningKeys.LIFE.minus(SigningKeys.AHEAD));
        assertThat(ids(there)).hasSize(2).startsWith(first);
        assertThat(ids(here)).isEqualTo(ids(there));
        clock.forward(SigningKeys.AHEAD);
        assertThat(ids(here).getFirst()).as("now the second signs").isNotEqualTo(first);
        assertThat(ids(here)).as("what the first one signed is still good").contains(first).isEqualTo(ids(there));
        clock.forward(Duration.ofDays(2));
        assertThat(ids(here)).hasSize(1).doesNotContain(first);
    }

    @Test
    void areRotatedByACallWithoutBreakingTokens() {
        String first = ids(here).getFirst();
        assertThat(ids(there)).containsExactly(first);
        stored.rotate();
        clock.forward(Duration.ofSeconds(31));
        assertThat(ids(here)).hasSize(2).startsWith(first);
        clock.forward(SigningKeys.SOON);
        assertThat(ids(there)).hasSize(2).endsWith(first);
        assertThat(ids(here)).isEqualTo(ids(there));
    }

    @Test
    void areReplacedAtOnceWhereOneWasStolen() {
        String first = ids(here).getFirst();
        stored.replace();
        clock.forward(Duration.ofSeconds(31));
        assertThat(ids(here)).hasSize(1).doesNotContain(first);
    }

    private static List<String> ids(PublishedKeys keys) {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().build()), null).stream().map(JWK::getKeyID).toList();
    }
}
