package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.util.Optional;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.Slot;

/**
 * For the sample only: makes its token. A real HSM's token is made by the people who hold its security officer's PIN; here that
 * PIN is the user's own, so that a set-up which was cut in the middle can be finished.
 */
public final class SampleToken {

    private SampleToken() {
    }

    /** Finds the token, or initialises a slot that no one has; a token that is ready is left alone. */
    public static void prepare(Path library, String label, Path pinFile) {
        char[] pin = Pin.read(pinFile);
        try (Library loaded = Library.load(library)) {
            Optional<Slot> slot = loaded.slot(label);
            if (slot.isEmpty()) {
                Slot free = loaded.freeSlot().orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "No slot is free for the sample's token " + label + "."));
                loaded.initToken(free, pin, label);
                slot = loaded.slot(label); // SoftHSM moves it to another slot
            }
            setPin(slot.orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "The sample's token " + label + " was made and is not there.")), pin);
        } catch (PKCS11Exception e) {
            throw new Problem(Kind.MISCONFIGURED, "The sample's token " + label + " cannot be made.", e);
        }
    }

    private static void setPin(Slot slot, char[] pin) throws PKCS11Exception {
        if (slot.getToken().getTokenInfo().hasFlagBit(PKCS11Constants.CKF_USER_PIN_INITIALIZED)) {
            return;
        }
        Session session = slot.getToken().openSession(true);
        try {
            session.login(PKCS11Constants.CKU_SO, pin);
            session.initPIN(pin);
            session.logout();
        } finally {
            session.closeSession();
        }
    }
}
