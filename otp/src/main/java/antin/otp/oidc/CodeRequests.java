package antin.otp.oidc;

import antin.directory.Person;
import antin.otp.login.ActivePeople;
import antin.otp.login.Factors;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.util.StringUtils;

/** What is checked of a request for a code, after Spring Security has checked client, redirect address and that the client may have these scopes. */
final class CodeRequests {

    private final Audience audience;
    private final LoginAge age;
    private final Factors factors;
    private final ActivePeople people;
    private final ClientRules rules;

    CodeRequests(Audience audience, LoginAge age, Factors factors, ActivePeople people, ClientRules rules) {
        this.audience = audience;
        this.age = age;
        this.factors = factors;
        this.people = people;
        this.rules = rules;
    }

    /** At the authorization endpoint, with the person at hand or before. */
    void check(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        checkPushed(context);
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        Map<String, Object> parameters = request.getAdditionalParameters();
        boolean silent = LoginAge.words(parameters, "prompt").contains("none");
        Authentication login = (Authentication) request.getPrincipal();
        if (!factors.isComplete(login)) {
            if (silent) {
                throw refusal(context, "login_required", null);
            }
            return; // the rule for this address leads to the login
        }
        if (request.getScopes().contains(CredentialRequest.SCOPE) && !CredentialRequest.of(parameters).isOf(login.getName())) {
            throw refusal(context, OAuth2ErrorCodes.ACCESS_DENIED, "The credential is not this person's.");
        }
        RegisteredClient client = context.getRegisteredClient();
        Optional<Person> person = people.find(login.getName());
        if (person.isPresent() && !rules.admits(client, person.get())) {
            throw refusal(context, OAuth2ErrorCodes.ACCESS_DENIED, "This client is not for people of your unit.");
        }
        Optional<LoginAge.Missing> missing = missing(context, login, request.getScopes(), parameters);
        if (missing.isPresent()) {
            OAuth2AuthorizationCodeRequestAuthenticationException refusal = refusal(context, "login_required", null);
            throw silent ? refusal : new FactorWanted(missing.get().level(), refusal.getAuthorizationCodeRequestAuthentication());
        }
    }

    /** What can be said before anybody is there (RFC 9126, 2.1). */
    void checkPushed(OAuth2AuthorizationCodeRequestAuthenticationContext context) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        Map<String, Object> parameters = request.getAdditionalParameters();
        if (parameters.containsKey("request")) {
            throw refusal(context, "request_not_supported", null);
        }
        if (parameters.containsKey("response_mode") && !"query".equals(parameters.get("response_mode"))) {
            throw refusal(context, OAuth2ErrorCodes.INVALID_REQUEST, "Answers come in the query.");
        }
        if (audience.of(request.getScopes()).isEmpty()) {
            throw refusal(context, OAuth2ErrorCodes.INVALID_SCOPE, "Name scopes of exactly one service.");
        }
        if (request.getScopes().contains(CredentialRequest.SCOPE)) {
            checkCredential(context, request.getScopes(), parameters);
        }
    }

    /** Leave to sign is for these hashes and this moment: nothing that lasts comes with it. */
    private static void checkCredential(OAuth2AuthorizationCodeRequestAuthenticationContext context, Set<String> scopes, Map<String, Object> parameters) {
        if (scopes.contains("offline_access")) {
            throw refusal(context, OAuth2ErrorCodes.INVALID_SCOPE, "The scope credential goes without offline_access.");
        }
        try {
            var unused = CredentialRequest.of(parameters);
        } catch (IllegalArgumentException e) {
            throw refusal(context, OAuth2ErrorCodes.INVALID_REQUEST, e.getMessage());
        }
    }

    private Optional<LoginAge.Missing> missing(OAuth2AuthorizationCodeRequestAuthenticationContext context, Authentication login, Set<String> scopes, Map<String, Object> parameters) {
        try {
            return age.missing(login, scopes, parameters);
        } catch (NumberFormatException e) {
            throw refusal(context, OAuth2ErrorCodes.INVALID_REQUEST, "max_age is a number of seconds.");
        }
    }

    /** The redirect address was checked before, so the client is told there. */
    private static OAuth2AuthorizationCodeRequestAuthenticationException refusal(OAuth2AuthorizationCodeRequestAuthenticationContext context, String code, @Nullable String why) {
        OAuth2AuthorizationCodeRequestAuthenticationToken request = context.getAuthentication();
        String redirect = StringUtils.hasText(request.getRedirectUri()) ? request.getRedirectUri() : context.getRegisteredClient().getRedirectUris().iterator().next();
        OAuth2AuthorizationCodeRequestAuthenticationToken refused = new OAuth2AuthorizationCodeRequestAuthenticationToken(request.getAuthorizationUri(), request.getClientId(),
            (Authentication) request.getPrincipal(), redirect, request.getState(), request.getScopes(), request.getAdditionalParameters());
        refused.setAuthenticated(true);
        return new OAuth2AuthorizationCodeRequestAuthenticationException(new OAuth2Error(code, why, null), refused);
    }
}
