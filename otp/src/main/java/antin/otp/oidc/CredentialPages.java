package antin.otp.oidc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Before a remote key signs: the person has just shown a second factor, sees who wants what signed by which key, and says yes or no. */
@Controller
final class CredentialPages {

    static final String CONFIRM = "/oauth2/credential_confirm";
    /** Shown in answer to the form; no browser asks for it. */
    static final String BACK = "/oauth2/credential_back";
    static final String ADDRESS = "antin.credential-back";
    private static final OAuth2TokenType STATE = new OAuth2TokenType(OAuth2ParameterNames.STATE);

    private final OAuth2AuthorizationService authorizations;
    private final RegisteredClientRepository clients;

    CredentialPages(OAuth2AuthorizationService authorizations, RegisteredClientRepository clients) {
        this.authorizations = authorizations;
        this.clients = clients;
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    /** What is shown comes from what the client asked and was checked, never from this page's address. */
    @GetMapping(CONFIRM)
    ModelAndView confirm(Authentication present, @RequestParam(name = "state") String untrustedState) {
        OAuth2Authorization asked = untrustedState.isBlank() ? null : authorizations.findByToken(untrustedState, STATE);
        OAuth2AuthorizationRequest request = asked == null ? null : asked.getAttribute(OAuth2AuthorizationRequest.class.getName());
        if (asked == null || request == null || !asked.getPrincipalName().equals(present.getName()) || !request.getScopes().contains(CredentialRequest.SCOPE)) {
            throw new Problem(Kind.NOT_FOUND, "Nobody asks for a signature.");
        }
        RegisteredClient client = clients.findById(asked.getRegisteredClientId());
        if (client == null) {
            throw new Problem(Kind.NOT_FOUND, "Nobody asks for a signature.");
        }
        CredentialRequest wanted = CredentialRequest.of(request.getAdditionalParameters());
        return new ModelAndView("credential-confirm", new ModelMap("client", client.getClientName()).addAttribute("clientId", client.getClientId())
            .addAttribute("scopes", new TreeSet<>(request.getScopes())).addAttribute("state", untrustedState).addAttribute("key", wanted.credential())
            .addAttribute("signatures", wanted.signatures()).addAttribute("digest", wanted.digest()).addAttribute("hashes", wanted.shown()).addAttribute("count", wanted.hashes().size()));
    }

    /** Back to the client by a new navigation: a redirect from the form itself would meet our own form-action 'self'. */
    @PostMapping(BACK)
    ModelAndView back(@RequestAttribute(name = ADDRESS, required = false) @Nullable String address) {
        if (address == null) {
            throw new Problem(Kind.NOT_FOUND, "There is nothing here.");
        }
        return new ModelAndView("credential-back", new ModelMap("address", address).addAttribute("refresh", address));
    }
}
