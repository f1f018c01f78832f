package antin.otp.oidc;

import antin.otp.login.ActivePeople;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenIntrospection;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenIntrospectionAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationToken;

/**
 * Tokens of people who left: a signature lasts until the token runs out, but whoever asks us about it, or with it, is told at once that it is worth nothing (RFC 7662, 2.2; OpenID
 * Connect Core, 5.3.3). Throws Problem where the directory is away.
 */
final class StillThere implements AuthenticationProvider {

    private final AuthenticationProvider spring;
    private final OAuth2AuthorizationService authorizations;
    private final ActivePeople people;

    StillThere(AuthenticationProvider spring, OAuth2AuthorizationService authorizations, ActivePeople people) {
        this.spring = spring;
        this.authorizations = authorizations;
        this.people = people;
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return spring.supports(authentication);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        Authentication answer = spring.authenticate(request);
        if (answer instanceof OAuth2TokenIntrospectionAuthenticationToken told && told.getTokenClaims().isActive() && isOfSomebodyGone(told.getToken())) {
            return new OAuth2TokenIntrospectionAuthenticationToken(told.getToken(), (Authentication) told.getPrincipal(), OAuth2TokenIntrospection.builder(false).build());
        }
        if (answer instanceof OidcUserInfoAuthenticationToken about && people.find(((Authentication) about.getPrincipal()).getName()).isEmpty()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN);
        }
        return answer;
    }

    private boolean isOfSomebodyGone(String token) {
        OAuth2Authorization authorization = authorizations.findByToken(token, null);
        // A system's own token names no person
        return authorization != null && authorization.getAttribute(Principal.class.getName()) instanceof Authentication login && people.find(login.getName()).isEmpty();
    }
}
