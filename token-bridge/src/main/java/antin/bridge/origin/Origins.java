package antin.bridge.origin;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import java.util.function.Predicate;

/** Decides for each request whether its page may ask at all. */
public final class Origins {

    private final Policy policy;
    private final RememberedOrigins remembered;
    private final Predicate<Origin> person;

    /** {@code person} asks whether an origin may ask for signatures. */
    public Origins(Policy policy, RememberedOrigins remembered, Predicate<Origin> person) {
        this.policy = policy;
        this.remembered = remembered;
        this.person = person;
    }

    /** The origin, where it is a secure one that the administrator or the person allows; the person is asked once. */
    public Origin admit(String untrustedOrigin) {
        Origin origin = Origin.of(untrustedOrigin);
        if (!policy.origins().contains(origin) && !isAllowedByPerson(origin)) {
            throw new Refused(Reason.ORIGIN_REFUSED);
        }
        return origin;
    }

    private boolean isAllowedByPerson(Origin origin) {
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
