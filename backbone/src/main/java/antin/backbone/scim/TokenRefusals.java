package antin.backbone.scim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import tools.jackson.databind.json.JsonMapper;

/** No token, one that does not count, or one without the scope (RFC 6750, 3), told in SCIM's words and no library's. */
final class TokenRefusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REALM = "Bearer realm=\"antin\"";

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why) throws IOException {
        boolean came = why instanceof OAuth2AuthenticationException;
        answer(response, came ? REALM + ", error=\"invalid_token\"" : REALM, new ScimRefusal(HttpStatus.UNAUTHORIZED, null,
            came ? "The access token is not valid here, or no longer." : "An access token is needed."));
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException why) throws IOException {
        answer(response, REALM + ", error=\"insufficient_scope\", scope=\"" + ScimConfiguration.READ + "\"",
            new ScimRefusal(HttpStatus.FORBIDDEN, null, "The access token lacks the scope " + ScimConfiguration.READ + "."));
    }

    private static void answer(HttpServletResponse response, String challenge, ScimRefusal refusal) throws IOException {
        response.setStatus(refusal.status().value());
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, challenge);
        response.setContentType(ScimAnswers.SCIM_JSON.toString());
        response.getOutputStream().write(JSON.writeValueAsString(refusal.body()).getBytes(StandardCharsets.UTF_8));
    }
}
