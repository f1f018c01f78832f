package antin.ca.ejbca;

import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaApi.Standing;
import antin.ca.ejbca.EjbcaConnection.Unanswered;
import antin.ca.ejbca.WaitingRevocations.Waiting;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Taking certificates back at EJBCA, for good or for a time, and giving them back. What an answer says counts little there (409 for what is done, 200 for what was done before,
 * 202 for what nobody has approved yet): each time the certificate's standing is asked for, before and after.
 */
final class EjbcaRevocations {

    /** One that was approved. */
    record Approved(Waiting waiting, Standing standing) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(EjbcaRevocations.class);

    private static final int TURNS = 64;

    private final EjbcaApi api;
    private final WaitingRevocations waiting;
    private final Clock clock;
    /** One change of a certificate at a time: EJBCA answers 500 to some of those that come together. */
    private final List<ReentrantLock> turns = Stream.generate(ReentrantLock::new).limit(TURNS).toList();

    EjbcaRevocations(EjbcaApi api, WaitingRevocations waiting, Clock clock) {
        this.api = api;
        this.waiting = waiting;
        this.clock = clock;
    }

    Standing revoke(BigInteger serial, RevocationReason reason, String actor) {
        if (reason == RevocationReason.CERTIFICATE_HOLD) {
            throw new Problem(Kind.MALFORMED_REQUEST, "certificateHold is no reason to revoke for good: hold the certificate instead.");
        }
        return change(serial, Wish.revocation(reason), actor);
    }

    Standing hold(BigInteger serial, String actor) {
        return refusedForGood(change(serial, Wish.HOLD, actor));
    }

    Standing release(BigInteger serial, String actor) {
        return refusedForGood(change(serial, Wish.RELEASE, actor));
    }

    /** Those that waited for approvals and stand as they were wished now; each is told once. */
    List<Approved> approved() {
        List<Approved> approved = new ArrayList<>();
        for (Waiting one : waiting.all()) {
            standing(one).filter(one.wish()::isMet).ifPresent(standing -> {
                approved.add(new Approved(one, standing));
                waiting.end(one.serial(), clock.instant());
            });
        }
        if (!approved.isEmpty()) {
            renewCrl();
        }
        return approved;
    }

    /** Empty for one that EJBCA does not know any more (it was set up anew, or restored): that must not keep the others waiting. */
    private Optional<Standing> standing(Waiting one) {
        try {
            return Optional.of(api.standing(one.serial()));
        } catch (Problem e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
            LOG.warn("EJBCA does not know the certificate {} any more, whose {} waited there for approval", one.serial().toString(16), one.wish().word());
            waiting.end(one.serial(), clock.instant());
            return Optional.empty();
        }
    }

    /** How it stands after the wish was sent; unchanged where it waits for approvals. */
    private Standing change(BigInteger serial, Wish wish, String actor) {
        RequestRules.checkActor(actor);
        ReentrantLock turn = turns.get(Math.floorMod(serial.hashCode(), TURNS));
        turn.lock();
        try {
            return changeNow(serial, wish, actor);
        } finally {
            turn.unlock();
        }
    }

    private Standing changeNow(BigInteger serial, Wish wish, String actor) {
        Standing before = api.standing(serial);
        if (wish.isMet(before)) {
            return before;
        }
        if (waits(serial, wish)) {
            waiting.add(new Waiting(serial, wish, actor, clock.instant()));
            return api.standing(serial);
        }
        Standing after = api.standing(serial);
        if (!wish.isMet(after)) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA did not say whether it changed the certificate's status. Ask again.");
        }
        renewCrl();
        return after;
    }

    private boolean waits(BigInteger serial, Wish wish) {
        try {
            return !api.revoke(serial, wish);
        } catch (Unanswered e) {
            return false; // the standing tells
        }
    }

    private static Standing refusedForGood(Standing standing) {
        if (standing.isForGood()) {
            throw new Problem(Kind.CONFLICT, "The certificate is revoked for good.");
        }
        return standing;
    }

    /** OCSP changes at once there, the CRL when one is made. */
    private void renewCrl() {
        try {
            api.createCrl();
        } catch (Problem e) {
            LOG.info("EJBCA makes the next CRL in its own time ({})", e.detail());
        }
    }
}
