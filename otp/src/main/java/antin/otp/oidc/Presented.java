package antin.otp.oidc;

import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceCodeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2RefreshTokenAuthenticationToken;

/**
 * What a client shows to get tokens: a code, a device's code or a refresh token.
 *
 * @param column where its hash is
 */
record Presented(String token, OAuth2TokenType type, String column, String grant) {

    static Optional<Presented> of(Authentication request) {
        return switch (request) {
            case OAuth2RefreshTokenAuthenticationToken refresh -> Optional.of(new Presented(refresh.getRefreshToken(), OAuth2TokenType.REFRESH_TOKEN,
                "refresh_token_value", "refresh_token"));
            case OAuth2AuthorizationCodeAuthenticationToken code -> Optional.of(new Presented(code.getCode(), new OAuth2TokenType(OAuth2ParameterNames.CODE),
                "authorization_code_value", "authorization_code"));
            case OAuth2DeviceCodeAuthenticationToken device -> Optional.of(new Presented(device.getDeviceCode(), new OAuth2TokenType(OAuth2ParameterNames.DEVICE_CODE),
                "device_code_value", "device_code"));
            default -> Optional.empty();
        };
    }

    boolean isRefresh() {
        return OAuth2TokenType.REFRESH_TOKEN.equals(type);
    }

    /** RFC 8628, 3.5, and RFC 6749, 5.2. */
    String whenOver() {
        return OAuth2ParameterNames.DEVICE_CODE.equals(type.getValue()) ? "expired_token" : OAuth2ErrorCodes.INVALID_GRANT;
    }

    boolean isCode() {
        return OAuth2ParameterNames.CODE.equals(type.getValue());
    }
}
