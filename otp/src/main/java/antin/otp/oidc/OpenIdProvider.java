package antin.otp.oidc;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationValidator;
import org.springframework.util.StringUtils;

/**
 * How Spring's authorization server is set up: code with PKCE and client credentials, nothing else (no device grant, no pushed
 * requests, no registration by clients), and no request for the scopes of two services.
 */
final class OpenIdProvider implements Customizer<OAuth2AuthorizationServerConfigurer> {

    private static final List<String> ADVERTISED = List.of("openid", "profile", "email", "mail.imap", "mail.pop", "mail.smtp", "mail.sieve", "mail.jmap",
        "sign", "validate", "timestamp", "directory.read", "directory.write");
    private static final OAuth2Error INVALID_SCOPE =
        new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE, "Name scopes of exactly one service.", null);

    private final Audience audience;

    OpenIdProvider(Audience audience) {
        this.audience = audience;
    }

    @Override
    public void customize(OAuth2AuthorizationServerConfigurer server) {
        server.authorizationEndpoint(endpoint -> endpoint.authenticationProviders(this::checkScopes))
            .tokenEndpoint(endpoint -> endpoint.authenticationProviders(this::checkScopes))
            .oidc(oidc -> oidc.providerConfigurationEndpoint(endpoint -> endpoint.providerConfigurationCustomizer(document -> document
                .idTokenSigningAlgorithms(algorithms -> replace(algorithms, List.of("ES256")))
                .scopes(scopes -> replace(scopes, ADVERTISED)))));
    }

    private void checkScopes(List<AuthenticationProvider> providers) {
        for (AuthenticationProvider provider : providers) {
            switch (provider) {
                case OAuth2AuthorizationCodeRequestAuthenticationProvider code -> code.setAuthenticationValidator(
                    new OAuth2AuthorizationCodeRequestAuthenticationValidator().andThen(this::checkCodeRequest));
                case OAuth2ClientCredentialsAuthenticationProvider credentials -> credentials.setAuthenticationValidator(
                    new OAuth2ClientCredentialsAuthenticationValidator().andThen(this::checkCredentialsRequest));
                default -> { }
            }
        }
    }

    private void checkCodeRequest(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        if (isUnfit(request.getScopes())) {
            String redirect = StringUtils.hasText(request.getRedirectUri()) ? request.getRedirectUri()
                : context.getRegisteredClient().getRedirectUris().iterator().next();
            OAuth2AuthorizationCodeRequestAuthenticationToken refused = new OAuth2AuthorizationCodeRequestAuthenticationToken(
                request.getAuthorizationUri(), request.getClientId(), (Authentication) request.getPrincipal(), redirect, request.getState(),
                request.getScopes(), request.getAdditionalParameters());
            refused.setAuthenticated(true); // the redirect address was validated before: tell the client there
            throw new OAuth2AuthorizationCodeRequestAuthenticationException(INVALID_SCOPE, refused);
        }
    }

    private void checkCredentialsRequest(OAuth2ClientCredentialsAuthenticationContext context) {
        Set<String> scopes = ((OAuth2ClientCredentialsAuthenticationToken) context.getAuthentication()).getScopes();
        if (isUnfit(scopes)) {
            throw new OAuth2AuthenticationException(INVALID_SCOPE);
        }
    }

    private boolean isUnfit(Set<String> scopes) {
        return audience.of(scopes).isEmpty();
    }

    private static void replace(List<String> present, List<String> wanted) {
        present.clear();
        present.addAll(wanted);
    }
}
