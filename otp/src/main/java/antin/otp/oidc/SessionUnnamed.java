package antin.otp.oidc;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** Spring Security compares {@code sid} with the session's id; ours names the authorization, since a session's id changes. That the token is the person's own is still compared. */
record SessionUnnamed(AuthenticationConverter spring) implements AuthenticationConverter {

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        return spring.convert(request) instanceof OidcLogoutAuthenticationToken asked ? new OidcLogoutAuthenticationToken(asked.getIdTokenHint(), (Authentication) asked.getPrincipal(), null,
            asked.getClientId(), asked.getPostLogoutRedirectUri(), asked.getState()) : null;
    }
}
