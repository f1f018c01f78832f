package antin.otp.oidc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import antin.otp.login.Target;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceVerificationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.UriUtils;

/**
 * Letting a device in: the code is typed, then the person sees who asks for what and says yes or no (RFC 8628, 3.3). The warning stands there because the usual attack is a
 * stranger who sends people his own code (5.4).
 */
@Controller
final class DevicePages {

    static final String TYPE = "/oauth2/device_verification";
    static final String CONFIRM = "/oauth2/device_confirm";
    static final String DONE = "/oauth2/device_done";
    private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);
    private static final Map<String, String> PROBLEMS = Map.of("wrong", "device.problem.wrong", "wait", "device.problem.wait", "refused", "device.problem.refused");

    private final OAuth2AuthorizationService authorizations;
    private final RegisteredClientRepository clients;

    DevicePages(OAuth2AuthorizationService authorizations, RegisteredClientRepository clients) {
        this.authorizations = authorizations;
        this.clients = clients;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    @GetMapping(TYPE)
    ModelAndView type(@RequestParam Optional<String> problem) {
        Optional<String> error = problem.map(PROBLEMS::get);
        return new ModelAndView("device", new ModelMap("error", error.orElse("")), error.isEmpty() ? HttpStatus.OK : HttpStatus.UNPROCESSABLE_CONTENT);
    }

    /** What is shown comes from what the device asked, never from this page's address. */
    @GetMapping(CONFIRM)
    ModelAndView confirm(Authentication present, @RequestParam(name = "state") String untrustedState, @RequestParam(name = "user_code") String typedCode) {
        OAuth2Authorization asked = untrustedState.isBlank() ? null : authorizations.findByToken(untrustedState, STATE);
        if (asked == null || !asked.getPrincipalName().equals(present.getName()) || asked.getToken(OAuth2UserCode.class) == null) {
            throw new Problem(Kind.NOT_FOUND, "No device asks.");
        }
        RegisteredClient client = clients.findById(asked.getRegisteredClientId());
        Set<String> scopes = asked.getAttribute(OAuth2ParameterNames.SCOPE);
        if (client == null || scopes == null) {
            throw new Problem(Kind.NOT_FOUND, "No device asks.");
        }
        return new ModelAndView("device-confirm", new ModelMap("client", client.getClientName()).addAttribute("clientId", client.getClientId())
            .addAttribute("scopes", new TreeSet<>(scopes)).addAttribute("state", untrustedState).addAttribute("code", typedCode));
    }

    @GetMapping(DONE)
    ModelAndView done() {
        return new ModelAndView("device-done");
    }

    /** After the yes. */
    static void admitted(HttpServletRequest request, HttpServletResponse response, Authentication answer, Outcomes outcomes) throws IOException {
        OAuth2DeviceVerificationAuthenticationToken given = (OAuth2DeviceVerificationAuthenticationToken) answer;
        outcomes.accepted("device.admitted", ((Authentication) given.getPrincipal()).getName(), request.getRemoteAddr(), Map.of("client", String.valueOf(given.getClientId())));
        response.sendRedirect(DONE);
    }

    static void refused(HttpServletRequest request, HttpServletResponse response, OAuth2AuthenticationException refusal) throws IOException {
        switch (refusal.getError().getErrorCode()) {
            case DeviceVerification.AGAIN -> response.sendRedirect(Target.of(TYPE + "?user_code=" + UriUtils.encode(String.valueOf(request.getParameter("user_code")), StandardCharsets.UTF_8)).again());
            case DeviceVerification.WAIT -> response.sendRedirect(TYPE + "?problem=wait");
            case "access_denied" -> response.sendRedirect(TYPE + "?problem=refused");
            default -> response.sendRedirect(TYPE + "?problem=wrong");
        }
    }
}
