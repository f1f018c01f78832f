package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;

/**
 * Sessions with the token, logged in, kept open and bounded. One thread has one at a time (PKCS#11 2.40, 5.6: a session does one thing). What is asked is done in a thread of its own: a
 * device that hangs keeps that thread and its place, and never the caller.
 */
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
    /** Some devices take their time to find two primes. */
    private static final Duration KEY_PATIENCE = Duration.ofMinutes(2);

    private final Library library;
    private final Duration usualPatience;
    private final String label;
    private final Pin pin;
    private final Semaphore places;
    private final ExecutorService threads;
    private final ConcurrentLinkedDeque<TokenSession> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean answering = true;

    TokenSessions(Library library, Pkcs11Settings settings) {
        this.library = library;
        this.label = settings.token();
        this.usualPatience = settings.patience();
        this.pin = new Pin(settings.pinFile());
        this.places = new Semaphore(settings.sessions());
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "token-" + label);
            thread.setDaemon(true);
            return thread;
        });
        library.add(this);
    }

    /** Does what needs a session; it is not repeated, since a device may have done it and only its answer got lost. */
    <T> T use(Call<T> call) {
        return use(TokenSession::check, call, usualPatience);
    }

    /** For what may take a device minutes. */
    <T> T useSlowly(Call<T> call) {
        return use(TokenSession::check, call, KEY_PATIENCE);
    }

    /** The same after a preparation, which neither signs nor makes anything: where an old session turns out to be dead, it is repeated in a new one. */
    <T> T use(Preparation preparation, Call<T> call) {
        return use(preparation, call, usualPatience);
    }

    /**
     * Whether the token answers now, the PIN being right; a pool that is all in use answers. Where it does not, and no other token of the library does, the library is started anew and the
     * token asked once more: some libraries find a device that came back only then.
     */
    boolean answer() {
        if (places.availablePermits() == 0) {
            return answering;
        }
        int before = library.generation();
        return answers() || library.restart(before, this) && answers();
    }

    /** Whether the last call got an answer. */
    boolean isAnswering() {
        return answering;
    }

    @Override
    public void close() {
        answering = false;
        threads.shutdown();
        library.calling(() -> {
            forgetAll();
            return true;
        });
        library.remove(this);
    }

    private boolean answers() {
        try {
            return use(session -> true);
        } catch (Problem e) {
            LOG.debug("The token {} does not answer", label, e);
            return false;
        }
    }

    private <T> T use(Preparation preparation, Call<T> call, Duration patience) {
        acquire();
        try {
            return await(threads.submit(() -> {
                try {
                    return library.calling(() -> run(prepared(preparation), call));
                } finally {
                    places.release();
                }
            }), patience);
        } catch (RejectedExecutionException e) {
            places.release();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The token is closed.", e);
        } catch (PKCS11Exception e) {
            boolean unable = UNABLE.contains(e.getErrorCode());
            answering = unable;
            throw unable ? new Problem(Kind.MISCONFIGURED, "The token cannot do this: " + e.getErrorName() + ".", e)
                : new Problem(Kind.PEER_UNAVAILABLE, "The token does not answer.", e);
        }
    }

    private <T> T await(Future<T> answer, Duration patience) throws PKCS11Exception {
        try {
            T value = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            answering = true;
            return value;
        } catch (TimeoutException e) {
            answering = false;
            throw new Problem(Kind.PEER_UNAVAILABLE, "The token does not answer in time.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The token was not waited for.", e);
        } catch (ExecutionException e) {
            answering = false;
            switch (e.getCause()) {
                case PKCS11Exception refused -> throw refused;
                case RuntimeException failed -> throw failed;
                case Error error -> throw error;
                case null, default -> throw new Problem(Kind.INTERNAL, "The token could not be asked.", e);
            }
        }
    }

    private void acquire() {
        try {
            if (!places.tryAcquire(usualPatience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "The token is busy.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The token is busy.", e);
        }
    }

    private TokenSession prepared(Preparation preparation) throws PKCS11Exception {
        TokenSession old = idle.poll();
        while (old != null && !old.isOf(library.generation())) {
            old = idle.poll(); // it ended with the library, and its number may be another session's now
        }
        if (old != null) {
            try {
                return prepare(old, preparation);
            } catch (PKCS11Exception e) {
                if (UNABLE.contains(e.getErrorCode())) {
                    throw e;
                }
                startAnew(e);
            }
        }
        return prepare(open(), preparation);
    }

    private TokenSession prepare(TokenSession session, Preparation preparation) throws PKCS11Exception {
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
        LOG.info("The sessions with the token {} are replaced: {}", label, why.getErrorName());
        forgetAll();
    }

    private TokenSession open() throws PKCS11Exception {
        // Looked up each time: a token that was taken out may come back in another slot.
        Session session = library.slot(label).orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "There is no token labelled " + label + "."))
            .getToken().openSession(true);
        TokenSession opened = new TokenSession(session, library.generation());
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
            if (session.isOf(library.generation())) {
                session.close();
            }
            session = idle.poll();
        }
    }
}
