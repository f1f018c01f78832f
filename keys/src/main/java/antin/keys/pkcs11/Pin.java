package antin.keys.pkcs11;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;
import org.xipki.pkcs11.wrapper.Session;
import org.xipki.pkcs11.wrapper.TokenInfo;

/** The PIN in its file, and the care it needs: a token counts wrong ones and locks, and then nobody seals until someone drives to the HSM. */
final class Pin {

    private final Path file;
    private @Nullable Problem refused;

    Pin(Path file) {
        this.file = file;
        read(file);
    }

    /** Never empty: to some libraries an empty PIN means "ask at the device's own keypad", to others it is a wrong one. */
    static char[] read(Path file) {
        String pin = SecretFile.text(file);
        if (pin.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The PIN file " + file + " is empty. Write the token's PIN into it.");
        }
        return pin.toCharArray();
    }

    /** Logs the whole application in (PKCS#11 2.40, 5.6: a login holds for all sessions), where it is not yet. A refused PIN is never sent again. */
    synchronized void logIn(Session session) throws PKCS11Exception {
        if (refused != null) {
            throw refused;
        }
        long state = session.getSessionInfo().getState();
        if (state == PKCS11Constants.CKS_RW_USER_FUNCTIONS || state == PKCS11Constants.CKS_RO_USER_FUNCTIONS) {
            return;
        }
        TokenInfo token = session.getToken().getTokenInfo();
        if (token.hasFlagBit(PKCS11Constants.CKF_USER_PIN_FINAL_TRY)) {
            throw refuse("The token allows one more wrong PIN only. Log in to it once with another program, then restart.", null);
        }
        try {
            session.login(PKCS11Constants.CKU_USER, read(file));
        } catch (PKCS11Exception e) {
            long code = e.getErrorCode();
            if (code == PKCS11Constants.CKR_USER_ALREADY_LOGGED_IN) {
                return;
            }
            if (isRefusal(code)) {
                throw refuse("The token refuses the PIN in " + file + ". Correct it, then restart; it is not sent a second time.", e);
            }
            throw e;
        }
    }

    private Problem refuse(String detail, @Nullable PKCS11Exception cause) {
        Problem problem = new Problem(Kind.MISCONFIGURED, detail, cause);
        refused = problem;
        return problem;
    }

    private static boolean isRefusal(long code) {
        return code == PKCS11Constants.CKR_PIN_INCORRECT || code == PKCS11Constants.CKR_PIN_INVALID || code == PKCS11Constants.CKR_PIN_LEN_RANGE
            || code == PKCS11Constants.CKR_PIN_EXPIRED || code == PKCS11Constants.CKR_PIN_LOCKED || code == PKCS11Constants.CKR_USER_PIN_NOT_INITIALIZED;
    }
}
