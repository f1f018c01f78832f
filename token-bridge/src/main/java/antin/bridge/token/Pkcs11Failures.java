package antin.bridge.token;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import org.xipki.pkcs11.wrapper.PKCS11Constants;
import org.xipki.pkcs11.wrapper.PKCS11Exception;

/** The return values of PKCS#11 (2.40, 5.1) as reasons. */
final class Pkcs11Failures {

    private Pkcs11Failures() {
    }

    static Refused refused(PKCS11Exception failure) {
        return new Refused(reason(failure.getErrorCode()), failure);
    }

    /** For C_Login and C_SetPIN: a wrong PIN is the person's, everything else is the token's. */
    static Refused pinRefused(PKCS11Exception failure) throws WrongPin {
        if (failure.getErrorCode() == PKCS11Constants.CKR_PIN_INCORRECT) {
            throw new WrongPin();
        }
        return refused(failure);
    }

    private static Reason reason(long code) {
        if (code == PKCS11Constants.CKR_PIN_LOCKED) {
            return Reason.PIN_LOCKED;
        }
        if (code == PKCS11Constants.CKR_USER_PIN_NOT_INITIALIZED) {
            return Reason.PIN_NOT_SET;
        }
        if (code == PKCS11Constants.CKR_PIN_LEN_RANGE || code == PKCS11Constants.CKR_PIN_INVALID || code == PKCS11Constants.CKR_PIN_EXPIRED) {
            return Reason.PIN_REFUSED;
        }
        if (code == PKCS11Constants.CKR_DEVICE_REMOVED || code == PKCS11Constants.CKR_TOKEN_NOT_PRESENT || code == PKCS11Constants.CKR_TOKEN_NOT_RECOGNIZED
            || code == PKCS11Constants.CKR_SLOT_ID_INVALID || code == PKCS11Constants.CKR_SESSION_HANDLE_INVALID || code == PKCS11Constants.CKR_SESSION_CLOSED) {
            return Reason.TOKEN_REMOVED;
        }
        if (code == PKCS11Constants.CKR_FUNCTION_CANCELED || code == PKCS11Constants.CKR_CANCEL || code == PKCS11Constants.CKR_FUNCTION_REJECTED) {
            return Reason.USER_CANCELLED; // at the reader's keys
        }
        if (code == PKCS11Constants.CKR_TOKEN_WRITE_PROTECTED) {
            return Reason.TOKEN_READ_ONLY;
        }
        return Reason.TOKEN_FAILED;
    }
}
