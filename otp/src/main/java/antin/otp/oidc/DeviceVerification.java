package antin.otp.oidc;

import antin.directory.Person;
import antin.otp.login.ActivePeople;
import antin.otp.login.Outcomes;
import antin.otp.throttle.Door;
import antin.otp.throttle.Throttle;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceVerificationAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Somebody typed the code that a device shows (RFC 8628, 3.3): in few tries, and only for a client that they may use. */
final class DeviceVerification implements AuthenticationProvider {

    /** A factor has to be shown again first. */
    static final String AGAIN = "login_required";
    static final String WAIT = "slow_down";
    private static final OAuth2TokenType USER_CODE = new OAuth2TokenType(OAuth2ParameterNames.USER_CODE);

    private final AuthenticationProvider spring;
    private final OAuth2AuthorizationService authorizations;
    private final RegisteredClientRepository clients;
    private final Throttle throttle;
    private final LoginAge age;
    private final ActivePeople people;
    private final ClientRules rules;
    private final Outcomes outcomes;

    DeviceVerification(AuthenticationProvider spring, OAuth2AuthorizationService authorizations, RegisteredClientRepository clients, Throttle throttle, LoginAge age,
        ActivePeople people, ClientRules rules, Outcomes outcomes) {
        this.spring = spring;
        this.authorizations = authorizations;
        this.clients = clients;
        this.throttle = throttle;
        this.age = age;
        this.people = people;
        this.rules = rules;
        this.outcomes = outcomes;
    }

    @Override
    public @Nullable Authentication authenticate(Authentication request) {
        OAuth2DeviceVerificationAuthenticationToken typed = (OAuth2DeviceVerificationAuthenticationToken) request;
        Authentication login = (Authentication) typed.getPrincipal();
        String from = UseOnce.from(request);
        return switch (throttle.begin(Door.USER_CODE, login.getName(), from)) {
            case Throttle.Wait wait -> {
                outcomes.refused("device.code", login.getName(), from, "throttled");
                throw new OAuth2AuthenticationException(WAIT);
            }
            case Throttle.Try attempt -> {
                OAuth2Authorization authorization = typed.getUserCode() == null ? null : authorizations.findByToken(typed.getUserCode(), USER_CODE);
                if (authorization == null) {
                    outcomes.refused("device.code", login.getName(), from, "wrong");
                    throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
                }
                throttle.undo(attempt); // no guess, and no reason to forget those before
                requireOwner(authorization, login);
                yield spring.authenticate(request);
            }
        };
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return spring.supports(authentication);
    }

    private void requireOwner(OAuth2Authorization authorization, Authentication login) {
        RegisteredClient client = clients.findById(authorization.getRegisteredClientId());
        Optional<Person> person = people.find(login.getName());
        if (client == null || person.isEmpty() || !rules.admits(client, person.get())) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.ACCESS_DENIED);
        }
        Set<String> scopes = authorization.getAttribute(OAuth2ParameterNames.SCOPE);
        if (age.missing(login, scopes == null ? Set.of() : scopes, Map.of()).isPresent()) {
            throw new OAuth2AuthenticationException(AGAIN);
        }
    }
}
