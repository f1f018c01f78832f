package antin.ca.status;

/**
 * What the responder says.
 *
 * @param der      an OCSPResponse
 * @param status   the response's status (RFC 6960, 4.2.1)
 * @param reusable whether another who asks the same may be given it: it answers no nonce
 */
public record OcspAnswer(byte[] der, Status status, boolean reusable) {

    /** With the RFC's codes. */
    public enum Status {
        SUCCESSFUL(0, "successful"), MALFORMED_REQUEST(1, "malformed-request"), INTERNAL_ERROR(2, "internal-error"),
        TRY_LATER(3, "try-later"), UNAUTHORIZED(6, "unauthorized");

        private final int code;
        private final String word;

        Status(int code, String word) {
            this.code = code;
            this.word = word;
        }

        int code() {
            return code;
        }

        /** For metrics. */
        public String word() {
            return word;
        }
    }

    public OcspAnswer {
        der = der.clone();
    }
}
