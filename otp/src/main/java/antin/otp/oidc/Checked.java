package antin.otp.oidc;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;

/** A provider, and a check before it that throws where the request is refused. */
record Checked(AuthenticationProvider spring, Consumer<Authentication> check) implements AuthenticationProvider {

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        check.accept(request);
        return spring.authenticate(request);
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return spring.supports(authentication);
    }
}
