package antin.otp.oidc;

import antin.otp.login.Target;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/** Sends a client its code or why there is none, each with our name, so that it does not take the answer for another provider's (RFC 9207). */
final class CodeAnswers implements AuthenticationSuccessHandler, AuthenticationFailureHandler {

    private final String issuer;

    CodeAnswers(String issuer) {
        this.issuer = issuer;
    }

    @Override
    public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response, Authentication authentication) throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken given = (OAuth2AuthorizationCodeRequestAuthenticationToken) authentication;
        OAuth2AuthorizationCode code = given.getAuthorizationCode();
        if (code == null) {
            throw new IllegalStateException("Spring Security gave no code and no reason.");
        }
        send(given, request, response, "code", code.getTokenValue());
    }

    @Override
    public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal) throws IOException {
        OAuth2AuthorizationCodeRequestAuthenticationToken asked = refusal instanceof OAuth2AuthorizationCodeRequestAuthenticationException known
            ? known.getAuthorizationCodeRequestAuthentication() : null;
        OAuth2Error error = ((OAuth2AuthenticationException) refusal).getError();
        if (refusal instanceof FactorWanted wanted) {
            Target target = Target.of(request.getRequestURI() + '?' + query(request));
            response.sendRedirect(wanted.level().map(target::again).orElseGet(target::again));
        } else if (asked == null || !StringUtils.hasText(asked.getRedirectUri())) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, error.toString());
        } else if (error.getDescription() == null) {
            send(asked, request, response, "error", error.getErrorCode());
        } else {
            send(asked, request, response, "error", error.getErrorCode(), "error_description", error.getDescription());
        }
    }

    private void send(OAuth2AuthorizationCodeRequestAuthenticationToken asked, HttpServletRequest request, HttpServletResponse response, String... answer) throws IOException {
        UriComponentsBuilder address = UriComponentsBuilder.fromUriString(String.valueOf(asked.getRedirectUri()));
        for (int i = 0; i < answer.length; i += 2) {
            address.queryParam(answer[i], encoded(answer[i + 1]));
        }
        if (StringUtils.hasText(asked.getState())) {
            address.queryParam("state", encoded(asked.getState()));
        }
        String back = address.queryParam("iss", encoded(issuer)).build(true).toUriString();
        if (isOurForm(request)) {
            request.setAttribute(CredentialPages.ADDRESS, back);
            try {
                request.getRequestDispatcher(CredentialPages.BACK).forward(request, response);
            } catch (ServletException e) {
                throw new IllegalStateException("The page cannot be shown.", e);
            }
        } else {
            response.sendRedirect(back);
        }
    }

    /** The yes or no of {@link CredentialPages}, and no request that a client posted. */
    private static boolean isOurForm(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getParameter("response_type") == null && request.getParameter("request_uri") == null;
    }

    /** The request's parameters, of a form too: what was posted is asked again by address. */
    private static String query(HttpServletRequest request) {
        List<String> pairs = new ArrayList<>();
        request.getParameterMap().forEach((name, values) -> {
            for (String value : values) {
                pairs.add(encoded(name) + '=' + encoded(value));
            }
        });
        return String.join("&", pairs);
    }

    private static String encoded(@Nullable String text) {
        return text == null ? "" : UriUtils.encode(text, StandardCharsets.UTF_8);
    }
}
