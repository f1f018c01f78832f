package antin.ca.status;

import antin.ca.CertificateStatus;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What the responder says.
 *
 * @param der      an OCSPResponse
 * @param status   the response's status (RFC 6960, 4.2.1)
 * @param validity empty where it may be given to nobody else: it answers a nonce, or is no answer about a certificate
 * @param subject  the certificate that it is about, where that is one that was issued, and nobody else's answer would be different
 * @param said     how each certificate that was asked for stands; empty for what is no answer about certificates
 * @param tag      names these octets (RFC 5019, 6.2: SHA-1 in hexadecimal, which nothing rests on); empty without a validity
 */
public record OcspAnswer(byte[] der, Status status, Optional<Validity> validity, Optional<Subject> subject, List<State> said, String tag) {

    /** From when until when its statuses are right (RFC 6960, 2.4). */
    public record Validity(Instant thisUpdate, Instant nextUpdate) {
    }

    /** RFC 6960, 2.2; a held one is revoked as well. With the word that metrics show. */
    public enum State {
        GOOD("good"), REVOKED("revoked"), HELD("held"), UNKNOWN("unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }

        static State of(Optional<CertificateStatus> known) {
            return known.isEmpty() ? UNKNOWN : known.get().isHeld() ? HELD : known.get().revocation().isPresent() ? REVOKED : GOOD;
        }

        public String word() {
            return word;
        }
    }

    /** One certificate and what was said of it. */
    public record Subject(String issuer, BigInteger serial, CertificateStatus status) {
    }

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

    /** The octets are the answer's own: nobody changes them. */
    static OcspAnswer of(byte[] der, Status status, Optional<Validity> validity, Optional<Subject> subject, List<State> said) {
        return new OcspAnswer(der, status, validity, subject, List.copyOf(said), validity.isPresent() ? sha1(der) : "");
    }

    public boolean reusable() {
        return validity.isPresent();
    }

    private static String sha1(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(octets));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }
}
