package antin.ca.external;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A certificate that was issued elsewhere, and whose it is.
 *
 * @param owner        as {@link Owner#id()}
 * @param serial       hexadecimal, small letters
 * @param certificate  DER
 * @param registeredBy the number of the person who signed the challenge
 * @param misfit       the rules that its name breaks, with commas
 * @param checked      when its authority last told how it stands
 * @param approval     what an administrator is asked, where the name breaks a rule
 */
public record Registered(String certificateSha256, String owner, String purpose, String authority, String serial, Instant notAfter, byte[] certificate, Instant registered, String registeredBy,
                         State state, String misfit, Instant checked, Optional<UUID> approval) {

    /** How it stands. */
    public enum State {
        /** For an administrator, since the name is another. */
        WAITING,
        GOOD,
        /** By its authority, or one above it. */
        REVOKED,
        ENDED,
        /** No configured authority stands above it any more. */
        DISTRUSTED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Registered {
        certificate = certificate.clone();
    }

    public X509Certificate x509() {
        return OutsideCertificate.parse(certificate);
    }
}
