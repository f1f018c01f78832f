package antin.bridge.message;

import java.util.Locale;

/** Why something was not done. Each has a code of the Web eID protocol, a word of ours, and its texts in both languages. */
public enum Reason {
    INVALID_MESSAGE(Code.ERR_WEBEID_NATIVE_INVALID_ARGUMENT),
    MESSAGE_TOO_LARGE(Code.ERR_WEBEID_NATIVE_INVALID_ARGUMENT),
    UNKNOWN_COMMAND(Code.ERR_WEBEID_NATIVE_FATAL),
    INVALID_ARGUMENT(Code.ERR_WEBEID_NATIVE_INVALID_ARGUMENT),
    INVALID_ORIGIN(Code.ERR_WEBEID_NATIVE_FATAL),
    ORIGIN_REFUSED(Code.ERR_WEBEID_USER_CANCELLED),
    FOREIGN_EXTENSION(Code.ERR_WEBEID_NATIVE_FATAL),
    POLICY_UNREADABLE(Code.ERR_WEBEID_NATIVE_FATAL),
    BUSY(Code.ERR_WEBEID_NATIVE_FATAL),
    USER_CANCELLED(Code.ERR_WEBEID_USER_CANCELLED),
    NO_WINDOW(Code.ERR_WEBEID_NATIVE_FATAL),
    NO_MODULE(Code.ERR_WEBEID_NATIVE_FATAL),
    NO_TOKEN(Code.ERR_WEBEID_NATIVE_FATAL),
    NO_CERTIFICATE(Code.ERR_WEBEID_NATIVE_FATAL),
    CERTIFICATE_NOT_FOUND(Code.ERR_WEBEID_NATIVE_FATAL),
    KEY_NOT_FOUND(Code.ERR_WEBEID_NATIVE_FATAL),
    NOT_FOR_SIGNING(Code.ERR_WEBEID_NATIVE_FATAL),
    UNSUPPORTED_ALGORITHM(Code.ERR_WEBEID_NATIVE_INVALID_ARGUMENT),
    PIN_NOT_SET(Code.ERR_WEBEID_NATIVE_FATAL),
    PIN_LOCKED(Code.ERR_WEBEID_NATIVE_FATAL),
    PIN_REFUSED(Code.ERR_WEBEID_NATIVE_FATAL),
    TOKEN_REMOVED(Code.ERR_WEBEID_NATIVE_FATAL),
    TOKEN_READ_ONLY(Code.ERR_WEBEID_NATIVE_FATAL),
    TOKEN_FAILED(Code.ERR_WEBEID_NATIVE_FATAL),
    INTERNAL(Code.ERR_WEBEID_NATIVE_FATAL);

    /** The codes of the Web eID protocol that a native program uses (web-eid.js, ErrorCode). */
    private enum Code {
        ERR_WEBEID_NATIVE_FATAL, ERR_WEBEID_NATIVE_INVALID_ARGUMENT, ERR_WEBEID_USER_CANCELLED
    }

    private final Code code;

    Reason(Code code) {
        this.code = code;
    }

    /** Web eID's code, such as {@code ERR_WEBEID_USER_CANCELLED}. */
    public String code() {
        return code.name();
    }

    /** Our own word, such as {@code pin-locked}; also the key of its texts. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
