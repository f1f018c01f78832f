package antin.otp.oidc;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;

/** Makes authorization, device and user codes by the process's clock. */
final class Codes {

    /** RFC 8628, 6.1: no vowels, so no words; 20 letters, 8 of them: 34 bits, in ten minutes and few tries. */
    private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
    private static final int BYTES = 32;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Codes(Clock clock) {
        this.clock = clock;
    }

    OAuth2AuthorizationCode authorization(OAuth2TokenContext context) {
        Instant now = clock.instant();
        return new OAuth2AuthorizationCode(text(), now, now.plus(context.getRegisteredClient().getTokenSettings().getAuthorizationCodeTimeToLive()));
    }

    OAuth2DeviceCode device(OAuth2TokenContext context) {
        Instant now = clock.instant();
        return new OAuth2DeviceCode(text(), now, now.plus(life(context)));
    }

    OAuth2UserCode user(OAuth2TokenContext context) {
        Instant now = clock.instant();
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            code.append(i == 4 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new OAuth2UserCode(code.toString(), now, now.plus(life(context)));
    }

    private static Duration life(OAuth2TokenContext context) {
        return context.getRegisteredClient().getTokenSettings().getDeviceCodeTimeToLive();
    }

    private String text() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
