package antin.otp.oidc;

/**
 * @param issuer          the address under which people and clients reach the backbone; also the audience of directory tokens
 * @param mailAudience    who takes tokens for mail
 * @param signingAudience who takes tokens for signing
 */
public record OidcSettings(String issuer, String mailAudience, String signingAudience) {
}
