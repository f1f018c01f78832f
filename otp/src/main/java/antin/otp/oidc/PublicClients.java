package antin.otp.oidc;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * Programs on people's devices have no secret: they say who they are (RFC 6749, 2.1), and what they show besides, a refresh token or a device's code, is checked where it is used.
 * Spring Security itself lets them only redeem a code. Never for introspection, and never for a client that has a way to prove itself.
 */
final class PublicClients implements AuthenticationConverter, AuthenticationProvider {

    private static final String TOKEN = "/oauth2/token";
    private static final Set<String> OTHER = Set.of("/oauth2/revoke", "/oauth2/device_authorization", "/oauth2/par");
    private static final Set<String> GRANTS = Set.of("refresh_token", "urn:ietf:params:oauth:grant-type:device_code");
    private static final Map<String, Object> MARK = Map.of(PublicClients.class.getName(), true);

    private final RegisteredClientRepository clients;

    PublicClients(RegisteredClientRepository clients) {
        this.clients = clients;
    }

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String[] names = request.getParameterValues(OAuth2ParameterNames.CLIENT_ID);
        if (names == null || !isForPublicClients(request) || request.getHeader(HttpHeaders.AUTHORIZATION) != null || has(request, OAuth2ParameterNames.CLIENT_SECRET)
            || has(request, OAuth2ParameterNames.CLIENT_ASSERTION) || has(request, PkceParameterNames.CODE_VERIFIER)) {
            return null;
        }
        if (names.length != 1 || names[0].isBlank()) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_REQUEST);
        }
        return new OAuth2ClientAuthenticationToken(names[0], ClientAuthenticationMethod.NONE, null, MARK);
    }

    @Override
    public @Nullable Authentication authenticate(Authentication authentication) {
        OAuth2ClientAuthenticationToken typed = (OAuth2ClientAuthenticationToken) authentication;
        if (!MARK.equals(typed.getAdditionalParameters())) {
            return null;
        }
        RegisteredClient client = clients.findByClientId(String.valueOf(typed.getPrincipal()));
        if (client == null || !client.getClientAuthenticationMethods().equals(Set.of(ClientAuthenticationMethod.NONE))) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_CLIENT);
        }
        return new OAuth2ClientAuthenticationToken(client, ClientAuthenticationMethod.NONE, null);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OAuth2ClientAuthenticationToken.class.isAssignableFrom(authentication);
    }

    private static boolean isForPublicClients(HttpServletRequest request) {
        String[] grants = request.getParameterValues(OAuth2ParameterNames.GRANT_TYPE);
        return OTHER.contains(request.getRequestURI())
            || TOKEN.equals(request.getRequestURI()) && grants != null && Arrays.stream(grants).allMatch(GRANTS::contains);
    }

    private static boolean has(HttpServletRequest request, String parameter) {
        return request.getParameter(parameter) != null;
    }
}
