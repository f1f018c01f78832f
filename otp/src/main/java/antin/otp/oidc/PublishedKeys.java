package antin.otp.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The issuer's keys as this process knows them, read anew twice a minute; while the database is away, as it knew them last. The one that signs comes first. */
final class PublishedKeys implements JWKSource<SecurityContext> {

    private static final Duration FRESH = Duration.ofSeconds(30);

    private record Read(List<SigningKeys.Key> keys, Instant at) {
    }

    private final SigningKeys stored;
    private final Clock clock;
    private volatile @Nullable Read last;

    PublishedKeys(SigningKeys stored, Clock clock) {
        this.stored = stored;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        Instant now = clock.instant();
        List<JWK> keys = keys(now).stream().sorted(Comparator.comparing((SigningKeys.Key key) -> key.usable().isAfter(now)) // those to come last
            .thenComparing(Comparator.comparing(SigningKeys.Key::usable).reversed())).<JWK>map(SigningKeys.Key::jwk).toList();
        return selector.select(new JWKSet(keys));
    }

    /** The key that signs, of those that could. */
    static JWK signing(List<JWK> keys) {
        return keys.getFirst();
    }

    private List<SigningKeys.Key> keys(Instant now) {
        Read known = last;
        if (known != null && known.at().plus(FRESH).isAfter(now)) {
            return known.keys();
        }
        try {
            List<SigningKeys.Key> keys = stored.load();
            last = new Read(keys, now);
            return keys;
        } catch (RuntimeException e) {
            if (known == null) {
                throw e;
            }
            return known.keys();
        }
    }
}
