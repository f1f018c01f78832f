package antin.kernel;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, told by what the caller can do next. Each edge (HTTP, IMAP, SMTP, POP3) maps the kind to its own
 * answer; {@link #detail()} is safe to show to the outside, the cause never is.
 */
public final class Problem extends RuntimeException {

    /** What the caller can do about it. */
    public enum Kind {
        /** The name or the secret is wrong; which of the two is never said. */
        BAD_CREDENTIALS,
        /** A one-time code that was used before; shown with the text of {@link #BAD_CREDENTIALS}. */
        REPLAYED_CODE,
        /** Too many tries; unknown names lock alike. */
        LOCKED_OUT,
        NOT_ALLOWED,
        NOT_FOUND,
        CONFLICT,
        /** The request itself is not well-formed. */
        MALFORMED_REQUEST,
        TOO_LARGE,
        /** The document is not what it is said to be, or cannot be signed or read. */
        MALFORMED_DOCUMENT,
        /** The signer's certificate is revoked, out of time, or not for this use. */
        CERTIFICATE_UNUSABLE,
        /** A peer (directory, database, login, HSM, CA) is away: temporary, worth another try. */
        PEER_UNAVAILABLE,
        /** The installation is set up wrongly; {@link #detail()} says what to change. */
        MISCONFIGURED,
        INTERNAL
    }

    private final Kind kind;
    private final String detail;

    public Problem(Kind kind, String detail) {
        this(kind, detail, null);
    }

    public Problem(Kind kind, String detail, @Nullable Throwable cause) {
        super(kind + ": " + detail, cause);
        this.kind = kind;
        this.detail = detail;
    }

    public Kind kind() {
        return kind;
    }

    public String detail() {
        return detail;
    }
}
