package antin.otp.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationValidator;

/** Spring Security's check of redirect addresses, and besides: on {@code localhost} any port fits as on 127.0.0.1, since mail programs use the name (RFC 8252, 8.3, would rather they did not). */
final class Redirects implements Consumer<OAuth2AuthorizationCodeRequestAuthenticationContext> {

    @Override
    public void accept(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        if (!isOnLocalhost(request.getRedirectUri(), context.getRegisteredClient().getRedirectUris())) {
            OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_REDIRECT_URI_VALIDATOR.accept(context);
        }
        OAuth2AuthorizationCodeRequestAuthenticationValidator.DEFAULT_SCOPE_VALIDATOR.accept(context);
    }

    static boolean isOnLocalhost(@Nullable String untrustedAddress, Set<String> registered) {
        if (untrustedAddress == null || !untrustedAddress.startsWith("http://localhost:")) {
            return false;
        }
        try {
            URI parsed = new URI(untrustedAddress);
            String path = parsed.getRawPath();
            return "localhost".equals(parsed.getHost()) && parsed.getRawUserInfo() == null && parsed.getRawQuery() == null && parsed.getRawFragment() == null && parsed.getPort() > 0
                && registered.contains("http://localhost" + (path == null ? "" : path));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
