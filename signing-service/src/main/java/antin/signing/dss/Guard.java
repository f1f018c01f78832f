package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.pades.exception.InvalidPasswordException;
import eu.europa.esig.dss.spi.exception.DSSExternalResourceException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where hostile input meets the libraries: whatever they throw at a document of the caller's is the document's fault, and told as such. */
final class Guard {

    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private Guard() {
    }

    static Problem locked(Exception cause) {
        return new Problem(Kind.DOCUMENT_LOCKED, "The document is encrypted, and the part \"password\" is missing or does not open it.", cause);
    }

    /** It may have been another document that took it. */
    static Problem outOfMemory(OutOfMemoryError e) {
        return new Problem(Kind.PEER_UNAVAILABLE, "The service has no memory for this now.", e);
    }

    /** Reads what another service answered: an answer that cannot be read is none. */
    static <T> T answer(Supplier<T> work) {
        try {
            return work.get();
        } catch (DSSException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw new DSSExternalResourceException("An answer cannot be read", e);
        }
    }

    /** Reads what somebody sent. Nested beyond the stack is broken, too. */
    static <T> T reading(Supplier<T> work) {
        try {
            return work.get();
        } catch (Problem e) {
            throw e;
        } catch (InvalidPasswordException e) {
            throw locked(e);
        } catch (DSSExternalResourceException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "A time-stamp or status service does not answer.", e);
        } catch (OutOfMemoryError e) {
            throw outOfMemory(e);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.info("A document was refused: {}", e.toString());
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is broken, protected, or not of the format asked for.", e);
        }
    }
}
