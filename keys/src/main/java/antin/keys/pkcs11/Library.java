package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.PKCS11Module;
import org.xipki.pkcs11.wrapper.Slot;
import org.xipki.pkcs11.wrapper.StaticLogger;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** The maker's library, loaded and initialised (PKCS#11 2.40, 5.4: once a process, whoever comes first), for the tokens that are used by it. */
final class Library implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    /** Something that calls the library. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T done() throws E;
    }

    private static final Duration QUIET = Duration.ofSeconds(5);

    private final PKCS11Module module;
    private final boolean ours;
    private final ReadWriteLock calls = new ReentrantReadWriteLock();
    private final Set<TokenSessions> users = ConcurrentHashMap.newKeySet();
    private volatile int generation;
    private volatile boolean closed;

    private Library(PKCS11Module module, boolean ours) {
        this.module = module;
        this.ours = ours;
    }

    static Library load(Path file) {
        if (!Files.isReadable(file)) {
            throw new Problem(Kind.MISCONFIGURED, "The PKCS#11 library " + file + " cannot be read. Install it or correct its path.");
        }
        StaticLogger.setLogger(new WrapperLog());
        try {
            PKCS11Module module = PKCS11Module.getInstance(file.toString());
            return new Library(module, initialize(module));
        } catch (IOException | PKCS11Exception | UnsatisfiedLinkError e) {
            throw new Problem(Kind.MISCONFIGURED, "The PKCS#11 library " + file + " does not start.", e);
        }
    }

    void add(TokenSessions user) {
        users.add(user);
    }

    /** The last one closes the library. */
    void remove(TokenSessions user) {
        if (users.remove(user) && users.isEmpty()) {
            close();
        }
    }

    /** How often it was started anew: sessions and handles are of one generation. */
    int generation() {
        return generation;
    }

    /** Does it while the library is not being started anew. Calls run beside each other. */
    <T, E extends Exception> T calling(Work<T, E> work) throws E {
        calls.readLock().lock();
        try {
            if (closed) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "The token is closed.");
            }
            return work.done();
        } finally {
            calls.readLock().unlock();
        }
    }

    /**
     * Ends the library and starts it again, where it is {@code asker}'s alone or its other tokens do not answer either, and its calls have come to their end. Without need where another did it
     * since {@code seen}.
     */
    boolean restart(int seen, TokenSessions asker) {
        if (!ours || users.stream().anyMatch(user -> user != asker && user.isAnswering())) {
            return false;
        }
        if (!isQuiet()) {
            return false;
        }
        try {
            if (generation == seen && !closed) {
                generation++;
                end();
                module.initialize();
                LOG.debug("The PKCS#11 library was started anew");
            }
            return true;
        } catch (PKCS11Exception e) {
            LOG.debug("The PKCS#11 library does not start anew", e);
            return false;
        } finally {
            calls.writeLock().unlock();
        }
    }

    /** The slot whose token has the label. */
    Optional<Slot> slot(String label) throws PKCS11Exception {
        // The field is padded with blanks to 32 bytes (PKCS#11 2.40, 3.2).
        return slot(token -> token.isTokenInitialized() && token.getLabel().strip().equals(label));
    }

    /** A slot with a token that nobody has initialised yet. */
    Optional<Slot> freeSlot() throws PKCS11Exception {
        return slot(token -> !token.isTokenInitialized());
    }

    private Optional<Slot> slot(Predicate<TokenInfo> wanted) throws PKCS11Exception {
        for (Slot slot : module.getSlotList(true)) {
            try {
                if (wanted.test(slot.getToken().getTokenInfo())) {
                    return Optional.of(slot);
                }
            } catch (PKCS11Exception e) {
                // a neighbour that was just taken out, or is broken, is no reason not to find ours
                LOG.debug("A slot does not tell about its token", e);
            }
        }
        return Optional.empty();
    }

    /** Initialises the token in a slot: what was there is gone. */
    void initToken(Slot slot, char[] officerPin, String label) throws PKCS11Exception {
        char[] padded = String.format("%-32s", label).toCharArray();
        if (new String(padded).getBytes(StandardCharsets.UTF_8).length != 32) {
            throw new IllegalArgumentException("A token's label has at most 32 plain letters.");
        }
        try {
            module.getPKCS11Module().C_InitToken(slot.getSlotID(), officerPin, padded, true);
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            throw module.convertException(e);
        }
    }

    /** Ends every session of this process with the token, and with them the login. */
    void closeAllSessions(Slot slot) throws PKCS11Exception {
        try {
            module.getPKCS11Module().C_CloseAllSessions(slot.getSlotID());
        } catch (iaik.pkcs.pkcs11.wrapper.PKCS11Exception e) {
            throw module.convertException(e);
        }
    }

    /** Ends it when its calls have come to their end. Where one hangs it is left as it is: to end it under a call is undefined, and some libraries take the process with them. */
    @Override
    public void close() {
        if (!isQuiet()) {
            LOG.warn("A call hangs in the PKCS#11 library, which is left as it is");
            return;
        }
        try {
            if (ours && !closed) {
                end();
            }
            closed = true;
        } finally {
            calls.writeLock().unlock();
        }
    }

    /** Waits until no call runs, and keeps others out from then on; false where one does not end. */
    private boolean isQuiet() {
        try {
            return calls.writeLock().tryLock(QUIET.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void end() {
        try {
            module.finalize(null);
        } catch (PKCS11Exception e) {
            LOG.debug("The PKCS#11 library did not stop cleanly", e);
        }
    }

    private static boolean initialize(PKCS11Module module) throws PKCS11Exception {
        try {
            module.initialize();
            return true;
        } catch (PKCS11Exception e) {
            if (e.getErrorCode() == PKCS11Constants.CKR_CRYPTOKI_ALREADY_INITIALIZED) {
                return false;
            }
            throw e;
        }
    }
}
