package antin.otp.oidc;

import antin.directory.Person;
import antin.otp.login.ActivePeople;
import antin.otp.login.Factors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** What stands in a token. The person is asked of the directory each time: whoever left since logging in gets none. */
final class TokenContent implements OAuth2TokenCustomizer<JwtEncodingContext> {

    static final String ACCESS_TOKEN_TYPE = "at+jwt"; // RFC 9068, 2.1

    private final Audience audience;
    private final ActivePeople people;

    TokenContent(Audience audience, ActivePeople people) {
        this.audience = audience;
        this.people = people;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        Set<String> scopes = context.getAuthorizedScopes();
        JwtClaimsSet.Builder claims = context.getClaims();
        boolean access = OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType());
        if (access) {
            context.getJwsHeader().type(ACCESS_TOKEN_TYPE);
            claims.audience(plain(audience.of(scopes).stream().toList()))
                .claim("client_id", context.getRegisteredClient().getClientId())
                .claim("scope", String.join(" ", scopes)); // RFC 9068, 2.2.3: one text
        }
        if (!AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            aboutPerson(context, scopes, claims);
            OAuth2Authorization authorization = context.getAuthorization();
            if (access && scopes.contains(CredentialRequest.SCOPE)) {
                leaveToSign(authorization, claims);
            }
            if (authorization != null) {
                claims.claim("sid", authorization.getId()); // what mail-server and clients are told where a login has ended
            }
        }
    }

    /** What the person said yes to, for signing-service, which signs these hashes once each and no others. */
    private static void leaveToSign(@Nullable OAuth2Authorization authorization, JwtClaimsSet.Builder claims) {
        OAuth2AuthorizationRequest request = authorization == null ? null : authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (request == null) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE); // nobody was shown anything
        }
        CredentialRequest allowed = CredentialRequest.of(request.getAdditionalParameters());
        claims.claim("credentialID", allowed.credential()).claim("numSignatures", allowed.signatures()).claim("hashes", plain(allowed.hashes()))
            .claim("hashAlgorithmOID", allowed.hashAlgorithm());
    }

    private void aboutPerson(JwtEncodingContext context, Set<String> scopes, JwtClaimsSet.Builder claims) {
        Authentication login = context.getPrincipal();
        Person person = people.find(login.getName()).orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT));
        Optional<Instant> time = Factors.time(login);
        claims.claim("amr", plain(Factors.methods(login))).claim("acr", Factors.level(login).acr());
        time.ifPresent(proven -> claims.claim("auth_time", Date.from(proven)));
        if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
            if (scopes.contains("email")) {
                claims.claim("email", person.address()).claim("email_verified", true);
            }
            if (scopes.contains("profile")) {
                claims.claim("name", person.name()).claim("locale", person.language());
            }
        }
    }

    /** Claims are stored as JSON with the types of their values, of which Spring Security admits only the common ones. */
    private static List<String> plain(List<String> values) {
        return new ArrayList<>(values);
    }
}
