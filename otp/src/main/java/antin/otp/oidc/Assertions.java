package antin.otp.oidc;

import antin.otp.vault.Vault;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

/** What an assertion must say (RFC 7523, 3): by and about the client, for us alone, for minutes, and once. */
final class Assertions implements OAuth2TokenValidator<Jwt> {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int LONGEST_ID = 200;

    private final String clientId;
    private final String issuer;
    private final JdbcClient database;
    private final Vault vault;
    private final Clock wall;

    Assertions(String clientId, String issuer, JdbcClient database, Vault vault, Clock wall) {
        this.clientId = clientId;
        this.issuer = issuer;
        this.database = database;
        this.vault = vault;
        this.wall = wall;
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt assertion) {
        Instant now = wall.instant();
        Instant expires = assertion.getExpiresAt();
        Instant from = assertion.getNotBefore();
        List<String> audience = assertion.getAudience();
        String id = assertion.getId();
        if (expires == null || id == null) {
            return refused();
        }
        boolean fit = clientId.equals(assertion.getClaimAsString("iss")) && clientId.equals(assertion.getSubject())
            && audience != null && audience.size() == 1 && List.of(issuer, issuer + "/oauth2/token").contains(audience.getFirst())
            && expires.isAfter(now.minus(SKEW)) && !expires.isAfter(now.plus(LONGEST).plus(SKEW))
            && (from == null || !from.isAfter(now.plus(SKEW)))
            && !id.isBlank() && id.length() <= LONGEST_ID;
        return fit && isFirst(id, expires.plus(SKEW)) ? OAuth2TokenValidatorResult.success()
            : refused();
    }

    private static OAuth2TokenValidatorResult refused() {
        return OAuth2TokenValidatorResult.failure(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, "The assertion is not for here and now.", null));
    }

    private boolean isFirst(String id, Instant expires) {
        return database.sql("INSERT INTO client_assertion (hash, expires) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .params(vault.hash("client assertion", clientId + '\n' + id), Timestamp.from(expires)).update() == 1;
    }
}
