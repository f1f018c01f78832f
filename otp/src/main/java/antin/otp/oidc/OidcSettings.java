package antin.otp.oidc;

import java.util.Optional;

/**
 * @param issuer          the address under which people and clients reach the backbone; also the audience of directory tokens
 * @param mailAudience    who takes tokens for mail
 * @param signingAudience who takes tokens for signing
 * @param certificatesUrl the address of the port that asks clients for a certificate, without a path; empty where there is none
 */
public record OidcSettings(String issuer, String mailAudience, String signingAudience, Optional<String> certificatesUrl) {

    public OidcSettings(String issuer, String mailAudience, String signingAudience) {
        this(issuer, mailAudience, signingAudience, Optional.empty());
    }
}
