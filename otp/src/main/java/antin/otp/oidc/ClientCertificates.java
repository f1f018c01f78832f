package antin.otp.oidc;

import java.security.cert.X509Certificate;

/** Which certificates count for {@code tls_client_auth} (RFC 8705, 2.1), whose private key the TLS handshake has shown to be at hand. Whose each is, its subject says. */
public interface ClientCertificates {

    /**
     * Whether an authority that we trust made it for logging in, and it is in time and not revoked.
     *
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} where nobody can say whether it was revoked
     */
    boolean isGood(X509Certificate certificate);
}
