package antin.backbone.enrolment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One wish for a certificate and what became of it.
 *
 * @param requestId under which the authority knows the wish, however often it is asked
 * @param refusal   the authority's sentence, where it refused
 * @param issued    the answer, where there is one
 */
public record Enrolled(UUID id, String requestId, Owner owner, CertificateKind kind, String subject, String askedBy, Instant asked, State state, String refusal, Optional<Issued> issued) {

    /** A wish is asked; then it is refused, or issued and perhaps held for a time, or revoked, later. */
    public enum State {
        ASKED, ISSUED, REFUSED, HELD, REVOKED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param serial hexadecimal
     * @param chain  in DER, one after the other, its own certificate first
     * @param reason of its revocation; empty while it is good
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Issued(String serial, String issuer, byte[] chain, Instant starts, Instant ends, Optional<Instant> revoked, String reason) {

        /** @param above the authorities, the root last */
        static Issued of(X509Certificate certificate, List<X509Certificate> above) {
            ByteArrayOutputStream chain = new ByteArrayOutputStream();
            try {
                chain.writeBytes(certificate.getEncoded());
                for (X509Certificate authority : above) {
                    chain.writeBytes(authority.getEncoded());
                }
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("A certificate that was read does not encode", e);
            }
            return new Issued(certificate.getSerialNumber().toString(16), certificate.getIssuerX500Principal().getName(), chain.toByteArray(), certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(), Optional.empty(), "");
        }

        public BigInteger number() {
            return new BigInteger(serial, 16);
        }

        public List<X509Certificate> certificates() {
            try {
                return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(chain)).stream().map(X509Certificate.class::cast).toList();
            } catch (CertificateException e) {
                throw new IllegalStateException("What was stored was read from the authority before", e);
            }
        }
    }

    /** Neither taken back nor over. */
    public boolean isGood(Instant now) {
        return state == State.ISSUED && issued.filter(certificate -> certificate.ends.isAfter(now)).isPresent();
    }

    /** Good, or held and not over. */
    public boolean isRevocable(Instant now) {
        return isGood(now) || isHeld() && issued.filter(certificate -> certificate.ends.isAfter(now)).isPresent();
    }

    public boolean isHeld() {
        return state == State.HELD;
    }

    /** For people: {@code asked}, {@code refused}, {@code good}, {@code ended}, {@code held} or {@code revoked}. */
    public String stateWord(Instant now) {
        return state != State.ISSUED ? state.word() : isGood(now) ? "good" : "ended";
    }
}
