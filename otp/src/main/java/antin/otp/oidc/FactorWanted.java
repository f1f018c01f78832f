package antin.otp.oidc;

import antin.otp.policy.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;

/** The person is asked for a factor again, and then the same request goes on. */
final class FactorWanted extends OAuth2AuthorizationCodeRequestAuthenticationException {

    private static final long serialVersionUID = 1;

    private final @Nullable Level level;

    FactorWanted(Optional<Level> level, @Nullable OAuth2AuthorizationCodeRequestAuthenticationToken request) {
        super(new OAuth2Error("login_required"), request);
        this.level = level.orElse(null);
    }

    Optional<Level> level() {
        return Optional.ofNullable(level);
    }
}
