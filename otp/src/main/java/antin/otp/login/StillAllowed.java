package antin.otp.login;

import antin.directory.Person;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.FactorAuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/** A rule, and besides what may have changed since logging in: whoever left is out, a session has an end, and another network may ask for other factors. */
final class StillAllowed implements AuthorizationManager<RequestAuthorizationContext> {

    private final AuthorizationManager<RequestAuthorizationContext> rule;
    private final ActivePeople people;
    private final LoginPolicy policy;
    private final Clock clock;

    StillAllowed(AuthorizationManager<RequestAuthorizationContext> rule, ActivePeople people, LoginPolicy policy, Clock clock) {
        this.rule = rule;
        this.people = people;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public @Nullable AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        AuthorizationResult result = rule.authorize(authentication, context);
        Authentication present = authentication.get();
        if (result == null || !result.isGranted() || present == null) {
            return result;
        }
        Optional<Person> person = people.find(present.getName());
        return person.isEmpty() ? new AuthorizationDecision(false) : stillAllowed(present, person.get(), context.getRequest().getRemoteAddr(), result);
    }

    private boolean mayBeAlone(Set<Factor> proven, Person person, String address) {
        return proven.contains(Factor.PASSKEY) && policy.passkeyAlone(person, address) || proven.contains(Factor.CERTIFICATE) && policy.certificateAlone(person, address);
    }

    private AuthorizationResult stillAllowed(Authentication present, Person person, String address, AuthorizationResult granted) {
        Instant end = Factors.begun(present).orElse(Instant.EPOCH).plus(policy.longest(person));
        if (!clock.instant().isBefore(end) || Factors.isAlone(present) && !mayBeAlone(Factors.proven(present), person, address)) {
            return new FactorAuthorizationDecision(Factors.missing(Factor.PASSWORD.authority()));
        }
        Set<Factor> proven = Factors.proven(present);
        proven.removeIf(Factor::isFirst);
        boolean counts = proven.isEmpty() || proven.stream().anyMatch(policy.second(person, address)::contains); // none yet: the rule did not ask for one
        return counts ? granted : new FactorAuthorizationDecision(Factors.missing(Factor.CODE.authority()));
    }
}
