package antin.otp.oidc;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsent;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;

/** Nobody's yes is kept: administrators decide for clients, and whoever lets a device in is asked each time. */
final class NoConsents implements OAuth2AuthorizationConsentService {

    @Override
    public void save(OAuth2AuthorizationConsent consent) {
        // holds for the one request
    }

    @Override
    public void remove(OAuth2AuthorizationConsent consent) {
        // there is none
    }

    @Override
    public @Nullable OAuth2AuthorizationConsent findById(String client, String person) {
        return null;
    }
}
