package antin.otp.oidc;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.web.authentication.OidcLogoutAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;

/**
 * Tells clients that want to know that a person logged out, at our page or by another client (OpenID Connect Back-Channel Logout). A session is known again by when it began, which stands in
 * every authorization that came of it: its id changes as more is proven.
 */
public final class Logouts implements LogoutHandler, AuthenticationSuccessHandler {

    private final JdbcClient database;
    private final OAuth2AuthorizationService authorizations;
    private final RegisteredClientRepository clients;
    private final LogoutNotices notices;
    private final OidcLogoutAuthenticationSuccessHandler spring = new OidcLogoutAuthenticationSuccessHandler();

    Logouts(JdbcClient database, OAuth2AuthorizationService authorizations, RegisteredClientRepository clients, LogoutNotices notices) {
        this.database = database;
        this.authorizations = authorizations;
        this.clients = clients;
        this.notices = notices;
    }

    /** At our own page. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response, @Nullable Authentication login) {
        if (login != null) {
            tell(login.getName(), begun(login));
        }
    }

    /** RP-initiated: the client is told where to send the person next, the others that they are gone. */
    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication answer) throws IOException, ServletException {
        OidcLogoutAuthenticationToken asked = (OidcLogoutAuthenticationToken) answer;
        if (asked.isPrincipalAuthenticated()) {
            logout(request, response, (Authentication) asked.getPrincipal());
        }
        spring.onAuthenticationSuccess(request, response, answer);
    }

    /** All of a person's sessions were ended for them. */
    public void endAll(String person) {
        tell(person, Optional.empty());
    }

    private void tell(String person, Optional<Instant> session) {
        List<String> ids = database.sql("SELECT id FROM oauth2_authorization WHERE principal_name = ? AND oidc_id_token_value IS NOT NULL").param(person).query((row, number) -> row.getString(1)).list();
        for (String id : ids) {
            OAuth2Authorization authorization = authorizations.findById(id);
            RegisteredClient client = authorization == null ? null : clients.findById(authorization.getRegisteredClientId());
            if (authorization != null && client != null && ClientRules.backChannelLogout(client).isPresent()
                && authorization.getAttribute(Principal.class.getName()) instanceof Authentication login && (session.isEmpty() || session.equals(begun(login)))) {
                notices.add(client.getId(), person, id);
            }
        }
    }

    private static Optional<Instant> begun(Authentication login) {
        return login.getAuthorities().stream().filter(FactorGrantedAuthority.class::isInstance).map(FactorGrantedAuthority.class::cast)
            .map(FactorGrantedAuthority::getIssuedAt).min(Instant::compareTo)
            .map(time -> time.truncatedTo(ChronoUnit.SECONDS)); // stored as JSON with the authorization, and by Java with the session
    }
}
