package antin.backbone.scim;

import java.util.List;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;

/** Our own access tokens (signature, type, issuer and time are the provider's check) that are for this service and no other (RFC 9068, 4). */
final class DirectoryTokens implements JwtDecoder {

    private final JwtDecoder accessTokens;
    private final List<String> audience;

    DirectoryTokens(JwtDecoder accessTokens, String issuer) {
        this.accessTokens = accessTokens;
        this.audience = List.of(issuer);
    }

    @Override
    public Jwt decode(String untrustedToken) {
        Jwt token = accessTokens.decode(untrustedToken);
        if (!audience.equals(token.getAudience())) {
            throw new BadJwtException("The token is for another service.");
        }
        return token;
    }
}
