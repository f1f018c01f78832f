package antin.otp.oidc;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

/**
 * Makes refresh tokens, for public clients too: what protects them there is that each is used once (RFC 9700, 4.14.2). One lives as long as the client may be idle,
 * and no longer than the client's limit from the login on.
 */
final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {

    private static final String OFFLINE = "offline_access";
    private static final int BYTES = 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    RefreshTokens(Clock clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
        if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType()) || !isWanted(context)) {
            return null;
        }
        Instant now = clock.instant();
        Duration idle = context.getRegisteredClient().getTokenSettings().getRefreshTokenTimeToLive();
        Instant end = begun(context.getAuthorization()).orElse(now).plus(ClientRules.longest(context.getRegisteredClient()));
        Instant expires = now.plus(idle).isBefore(end) ? now.plus(idle) : end;
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new OAuth2RefreshToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), now, expires.isAfter(now) ? expires : now.plusSeconds(1));
    }

    /** A program on a device has nobody to log in again; others say that they want to stay (OpenID Connect Core, 11). */
    private static boolean isWanted(OAuth2TokenContext context) {
        return !context.getAuthorizedScopes().contains(CredentialRequest.SCOPE) && (!AuthorizationGrantType.AUTHORIZATION_CODE.equals(context.getAuthorizationGrantType())
            || context.getAuthorizedScopes().contains(OFFLINE) || ClientRules.stays(context.getRegisteredClient()));
    }

    /** When the person logged in to the client. */
    static Optional<Instant> begun(@Nullable OAuth2Authorization authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        OAuth2Authorization.Token<OAuth2AuthorizationCode> code = authorization.getToken(OAuth2AuthorizationCode.class);
        OAuth2Authorization.Token<OAuth2DeviceCode> device = authorization.getToken(OAuth2DeviceCode.class);
        return code != null ? Optional.ofNullable(code.getToken().getIssuedAt()) : device != null ? Optional.ofNullable(device.getToken().getIssuedAt()) : Optional.empty();
    }
}
