package antin.bridge.window;

import antin.bridge.message.Reason;
import antin.bridge.origin.Origin;
import antin.bridge.token.Pin;
import antin.bridge.token.TokenCertificate;
import java.util.List;

/**
 * Asks the person. Each question waits for its answer; closing its window is {@link antin.bridge.message.Refused} with {@code USER_CANCELLED}, and so is {@link #close} from another thread. Without a
 * screen every question is refused with {@code NO_WINDOW}.
 */
public interface Asker extends AutoCloseable {

    /** Whether the page may ask for signatures at all; asked once an origin. Closing the window is no answer. */
    boolean mayAsk(Origin origin);

    /** One of several; not asked where there is one. */
    TokenCertificate choose(Origin origin, List<TokenCertificate> certificates);

    /** Shows what is to be done, all of it, and asks for the PIN. The caller closes the PIN. Where the token asks by its reader's keys, the question is only whether to go on. */
    Pin pin(PinQuestion question);

    /** Asks for the PIN and for another one, twice the same. The caller closes both. */
    NewPin newPin(PinQuestion question);

    /** Tells why it cannot go on, and asks whether to try again (a token was put in, another window was closed). */
    boolean retry(Reason reason);

    /** Tells why nothing was done. */
    void tell(Reason reason);

    /** Shown while the token works; closing it hides it. */
    Working working(PinQuestion question);

    /** Ends every question. */
    @Override
    void close();

    /** The old PIN and the new one. */
    record NewPin(Pin old, Pin fresh) implements AutoCloseable {

        @Override
        public void close() {
            old.close();
            fresh.close();
        }
    }

    /** A note on the screen. */
    @FunctionalInterface
    interface Working extends AutoCloseable {

        @Override
        void close();
    }
}
