package antin.signing.api;

import java.util.Arrays;
import java.util.Set;
import org.springframework.security.oauth2.jwt.Jwt;

/** What a token allows (RFC 9068, 2.2.3: one text, words apart by spaces). */
public final class Scopes {

    private Scopes() {
    }

    public static Set<String> of(Jwt token) {
        return token.getClaim("scope") instanceof String scopes ? Set.copyOf(Arrays.asList(scopes.strip().split("\\s+"))) : Set.of();
    }
}
