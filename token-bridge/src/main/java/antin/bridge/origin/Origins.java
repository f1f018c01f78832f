package antin.bridge.origin;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Decides for each request whether its page may ask at all. */
public final class Origins {

    private final Supplier<Policy> policies;
    private final RememberedOrigins remembered;
    private final Predicate<Origin> person;

    /** {@code policies} reads the policy each time, so that a change needs no restart; {@code person} asks whether an origin may ask for signatures. */
    public Origins(Supplier<Policy> policies, RememberedOrigins remembered, Predicate<Origin> person) {
        this.policies = policies;
        this.remembered = remembered;
        this.person = person;
    }

    /** The origin, where it is a secure one that the administrator or the person allows; the person is asked once. */
    public Origin admit(String untrustedOrigin) {
        Origin origin = Origin.of(untrustedOrigin);
        Policy policy = policies.get();
        if (!policy.origins().contains(origin) && !isAllowedByPerson(policy, origin)) {
            throw new Refused(Reason.ORIGIN_REFUSED);
        }
        return origin;
    }

    private boolean isAllowedByPerson(Policy policy, Origin origin) {
        if (!policy.ask()) {
            return false;
        }
        return remembered.answer(origin).orElseGet(() -> {
            boolean allowed = person.test(origin);
            remembered.remember(origin, allowed);
            return allowed;
        });
    }
}
