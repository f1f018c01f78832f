package antin.otp.oidc;

import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.text.ParseException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.web.authentication.JwtClientAssertionAuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationConverter;

/**
 * A client that proves itself by an assertion need not name itself besides (RFC 7521, 4.2: {@code client_id} is optional), which Spring Security
 * demands. The name is read from the assertion before anything is verified: it only says whose key is to verify it.
 */
final class NamedByAssertion implements AuthenticationConverter {

    private static final int LONGEST = 8_192;

    private final JwtClientAssertionAuthenticationConverter spring = new JwtClientAssertionAuthenticationConverter();

    @Override
    public @Nullable Authentication convert(HttpServletRequest request) {
        String assertion = request.getParameter(OAuth2ParameterNames.CLIENT_ASSERTION);
        if (assertion == null || assertion.length() > LONGEST || request.getParameter(OAuth2ParameterNames.CLIENT_ID) != null) {
            return null;
        }
        String name = unverifiedSubject(assertion);
        return name == null ? null : spring.convert(new Named(request, name));
    }

    private static @Nullable String unverifiedSubject(String assertion) {
        try {
            return SignedJWT.parse(assertion).getJWTClaimsSet().getSubject();
        } catch (ParseException e) {
            return null;
        }
    }

    /** As if the client had named itself. */
    private static final class Named extends HttpServletRequestWrapper {

        private final Map<String, String[]> parameters;

        Named(HttpServletRequest request, String name) {
            super(request);
            Map<String, String[]> all = new HashMap<>(request.getParameterMap());
            all.put(OAuth2ParameterNames.CLIENT_ID, new String[] {name});
            this.parameters = Collections.unmodifiableMap(all);
        }

        @Override
        public Map<String, String[]> getParameterMap() {
            return parameters;
        }

        @Override
        public String @Nullable [] getParameterValues(String name) {
            return parameters.get(name);
        }

        @Override
        public @Nullable String getParameter(String name) {
            String[] values = parameters.get(name);
            return values == null || values.length == 0 ? null : values[0];
        }
    }
}
