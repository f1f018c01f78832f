package antin.otp.login;

import java.security.cert.X509Certificate;
import java.util.Optional;

/** Who may log in with a certificate, whose private key the TLS handshake has shown to be at hand (RFC 8446, 4.4.3). */
public interface CertificateOwners {

    /**
     * The permanent number of the person it was made for; empty where it opens nothing: of another authority, of another use, revoked, or out of date.
     *
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} where nobody can say whether it was revoked
     */
    Optional<String> number(X509Certificate certificate);
}
