package antin.otp.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenRevocationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;

/** Revoking a refresh token ends the whole family, as RFC 7009, 2.1, allows; an access token goes alone. */
final class Revocation implements AuthenticationProvider {

    private final AuthenticationProvider spring;
    private final OAuth2AuthorizationService authorizations;
    private final TokenFamilies families;

    Revocation(AuthenticationProvider spring, OAuth2AuthorizationService authorizations, TokenFamilies families) {
        this.spring = spring;
        this.authorizations = authorizations;
        this.families = families;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        OAuth2TokenRevocationAuthenticationToken asked = (OAuth2TokenRevocationAuthenticationToken) request;
        OAuth2Authorization refreshed = authorizations.findByToken(asked.getToken(), OAuth2TokenType.REFRESH_TOKEN);
        Authentication answer = spring.authenticate(request); // refuses other clients' tokens
        if (refreshed != null && asked.getPrincipal() instanceof OAuth2ClientAuthenticationToken client && isOf(client.getRegisteredClient(), refreshed)) {
            families.end(refreshed.getId(), "client", UseOnce.from(request));
        }
        return answer;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return spring.supports(authentication);
    }

    private static boolean isOf(@Nullable RegisteredClient client, OAuth2Authorization authorization) {
        return client != null && client.getId().equals(authorization.getRegisteredClientId());
    }
}
