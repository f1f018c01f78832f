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
        BAD_CREDENTIALS(401),
        /** A one-time code that was used before; shown with the text of {@link #BAD_CREDENTIALS}. */
        REPLAYED_CODE(401),
        /** Too many tries; unknown names lock alike. */
        LOCKED_OUT(429),
        /** As often as it may be for now. */
        LIMIT_REACHED(429),
        NOT_ALLOWED(403),
        NOT_FOUND(404),
        CONFLICT(409),
        /** The request itself is not well-formed. */
        MALFORMED_REQUEST(400),
        TOO_LARGE(413),
        /** The document is not what it is said to be, or cannot be signed or read. */
        MALFORMED_DOCUMENT(422),
        /** The document is encrypted, and the password is missing or another. */
        DOCUMENT_LOCKED(422),
        /** The document's own rules, or who certified or locked it, allow no such signature. */
        SIGNATURE_FORBIDDEN(422),
        /** The signer's certificate is revoked, out of time, or not for this use. */
        CERTIFICATE_UNUSABLE(422),
        /** The value is not one of the certificate's key over what was to be signed. */
        SIGNATURE_MISMATCH(422),
        /** What was begun was given up, or its time is over: begin anew. */
        EXPIRED(410),
        /** A peer (directory, database, login, HSM, CA) is away: temporary, worth another try. */
        PEER_UNAVAILABLE(503),
        /** The installation is set up wrongly; {@link #detail()} says what to change. */
        MISCONFIGURED(500),
        INTERNAL(500);

        private final int httpStatus;

        Kind(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        /** The status code under which HTTP tells it (RFC 9110, 15; 429: RFC 6585, 4). */
        public int httpStatus() {
            return httpStatus;
        }
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
