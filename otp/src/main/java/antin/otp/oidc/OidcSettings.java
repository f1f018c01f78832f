package antin.otp.oidc;

import java.util.Optional;
import javax.net.ssl.X509TrustManager;

/**
 * @param issuer          the address under which people and clients reach the backbone; also the audience of directory tokens
 * @param mailAudience    who takes tokens for mail
 * @param signingAudience who takes tokens for signing
 * @param certificates    where clients come with certificates, if anywhere
 */
public record OidcSettings(String issuer, String mailAudience, String signingAudience, Optional<Certificates> certificates) {

    /**
     * @param url   the address of the port that asks for certificates, without a path
     * @param trust who may have signed a client's certificate; empty where clients only have certificates of their own making that an administrator registered
     */
    public record Certificates(String url, Optional<X509TrustManager> trust) {
    }

    public OidcSettings(String issuer, String mailAudience, String signingAudience) {
        this(issuer, mailAudience, signingAudience, Optional.empty());
    }
}
