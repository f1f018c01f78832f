package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/** Sessions with the token, logged in, kept open and bounded. One thread has one at a time (PKCS#11 2.40, 5.6: a session does one thing). */
final class TokenSessions implements AutoCloseable {

    /** Something done in a session. */
    @FunctionalInterface
    interface Call<T> {
        T in(TokenSession session) throws PKCS11Exception;
    }

    /** What leads up to it, and may be done twice. */
    @FunctionalInterface
    interface Preparation {
        void in(TokenSession session) throws PKCS11Exception;
    }

    private static final Logger LOG = LoggerFactory.getLogger(TokenSessions.class);
    /** Another try would end the same way. */
    private static final Set<Long> UNABLE = Set.of(PKCS11Constants.CKR_MECHANISM_INVALID, PKCS11Constants.CKR_MECHANISM_PARAM_INVALID,
        PKCS11Constants.CKR_KEY_FUNCTION_NOT_PERMITTED, PKCS11Constants.CKR_KEY_TYPE_INCONSISTENT, PKCS11Constants.CKR_TOKEN_WRITE_PROTECTED,
        PKCS11Constants.CKR_TEMPLATE_INCONSISTENT, PKCS11Constants.CKR_ATTRIBUTE_VALUE_INVALID, PKCS11Constants.CKR_ATTRIBUTE_TYPE_INVALID);
    private static final long PATIENCE_SECONDS = 10;

    private final Library library;
    private final String label;
    private final Pin pin;
    private final Semaphore places;
    private final ConcurrentLinkedDeque<TokenSession> idle = new ConcurrentLinkedDeque<>();

    TokenSessions(Library library, Pkcs11Settings settings) {
        this.library = library;
        this.label = settings.token();
        this.pin = new Pin(settings.pinFile());
        this.places = new Semaphore(settings.sessions());
    }

    /** Does what needs a session; it is not repeated, since a device may have done it and only its answer got lost. */
    <T> T use(Call<T> call) {
        return use(TokenSession::check, call);
    }

    /** The same after a preparation, which neither signs nor makes anything: where an old session turns out to be dead, it is repeated in a new one. */
    <T> T use(Preparation preparation, Call<T> call) {
        acquire();
        try {
            return run(prepared(preparation), call);
        } catch (PKCS11Exception e) {
            throw UNABLE.contains(e.getErrorCode()) ? new Problem(Kind.MISCONFIGURED, "The token cannot do this: " + e.getErrorName() + ".", e)
                : new Problem(Kind.PEER_UNAVAILABLE, "The token does not answer.", e);
        } finally {
            places.release();
        }
    }

    /** Whether the token answers now, the PIN being right; a pool that is all in use answers. */
    boolean answer() {
        if (places.availablePermits() == 0) {
            return true;
        }
        try {
            return use(session -> true);
        } catch (Problem e) {
            LOG.debug("The token does not answer", e);
            return false;
        }
    }

    @Override
    public void close() {
        forgetAll();
    }

    private void acquire() {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "The token is busy.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The token is busy.", e);
        }
    }

    private TokenSession prepared(Preparation preparation) throws PKCS11Exception {
        TokenSession old = idle.poll();
        if (old != null) {
            try {
                return prepare(old, preparation);
            } catch (PKCS11Exception e) {
                startAnew(e);
            }
        }
        return prepare(open(), preparation);
    }

    private static TokenSession prepare(TokenSession session, Preparation preparation) throws PKCS11Exception {
        try {
            preparation.in(session);
            return session;
        } catch (PKCS11Exception | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private <T> T run(TokenSession session, Call<T> call) throws PKCS11Exception {
        T value;
        try {
            value = call.in(session);
        } catch (PKCS11Exception | RuntimeException e) {
            session.close();
            throw e;
        }
        idle.push(session);
        return value;
    }

    /** A session died while it lay idle, and its neighbours with it: the HSM restarted, or the token was taken out. */
    private void startAnew(PKCS11Exception why) {
        LOG.info("The sessions with the token are replaced: {}", why.getErrorName());
        forgetAll();
    }

    private TokenSession open() throws PKCS11Exception {
        // Looked up each time: a token that was taken out may come back in another slot.
        Session session = library.slot(label).orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "There is no token labelled " + label + "."))
            .getToken().openSession(true);
        TokenSession opened = new TokenSession(session);
        try {
            pin.logIn(session);
            return opened;
        } catch (PKCS11Exception | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private void forgetAll() {
        TokenSession session = idle.poll();
        while (session != null) {
            session.close();
            session = idle.poll();
        }
    }
}
