package antin.signing.token;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** What a token must be (RFC 9068, 4): an access token, signed with ES256 by the issuer, for this service, and not over. */
public final class AccessTokens {

    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private AccessTokens() {
    }

    public static JwtDecoder decoder(JWKSource<SecurityContext> keys, String issuer, String audience, Clock clock) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.ES256)
            .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")))).build();
        JwtTimestampValidator times = new JwtTimestampValidator(CLOCKS_DIFFER);
        times.setClock(clock);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(times, new JwtIssuerValidator(issuer),
            has(JwtClaimNames.EXP), has(JwtClaimNames.SUB), has("client_id"),
            new JwtClaimValidator<Object>(JwtClaimNames.AUD, value -> value instanceof java.util.Collection<?> names && names.contains(audience))));
        return new KnownTokens(decoder, clock);
    }

    /** Whoever the token stands for: the client itself, or a person through it. */
    public static String actor(Jwt token) {
        String client = String.valueOf(token.getClaimAsString("client_id"));
        return client.equals(token.getSubject()) ? client : client + ":" + token.getSubject();
    }

    /** For whom the client asks, by number; null where it asks for itself. */
    public static @Nullable String person(Jwt token) {
        return String.valueOf(token.getClaimAsString("client_id")).equals(token.getSubject()) ? null : token.getSubject();
    }

    private static OAuth2TokenValidator<Jwt> has(String claim) {
        return new JwtClaimValidator<>(claim, value -> value != null);
    }
}
