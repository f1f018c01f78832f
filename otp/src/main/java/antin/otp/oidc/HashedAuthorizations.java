package antin.otp.oidc;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2DeviceCode;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2UserCode;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.server.authorization.JdbcOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * Authorizations in PostgreSQL, their tokens as hashes. One that is found by a token holds that token's text and the hashes of the others, so that it can be saved
 * again; {@code state}, which is no secret of ours but of a request under way, is kept as it is.
 */
final class HashedAuthorizations extends JdbcOAuth2AuthorizationService {

    /** Where the columns that hold a token stand among the parameters of a row. */
    private static final List<Integer> TOKENS = List.of(7, 11, 17, 21, 25, 29);
    private static final int COLUMNS = 33;

    private final TokenHashes hashes;

    HashedAuthorizations(JdbcOperations jdbc, RegisteredClientRepository clients, TokenHashes hashes) {
        super(jdbc, clients);
        this.hashes = hashes;
        JsonMapperOAuth2AuthorizationParametersMapper plain = new JsonMapperOAuth2AuthorizationParametersMapper();
        setAuthorizationParametersMapper(authorization -> hashed(plain.apply(authorization)));
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && OAuth2ParameterNames.STATE.equals(type.getValue())) {
            return super.findByToken(token, type);
        }
        if (TokenHashes.isHash(token)) {
            return null; // whoever read a hash in the database has no token
        }
        for (String hash : hashes.all(token)) {
            OAuth2Authorization found = super.findByToken(hash, type);
            if (found != null) {
                return withText(found, hash, token);
            }
        }
        return null;
    }

    private List<SqlParameterValue> hashed(List<SqlParameterValue> row) {
        if (row.size() != COLUMNS) {
            throw new IllegalStateException("Spring Security's table of authorizations has other columns now.");
        }
        for (int column : TOKENS) {
            SqlParameterValue value = row.get(column);
            if (value.getValue() instanceof String text) {
                row.set(column, new SqlParameterValue(value.getSqlType(), hashes.of(text)));
            }
        }
        return row;
    }

    private static OAuth2Authorization withText(OAuth2Authorization found, String hash, String text) {
        OAuth2Authorization.Token<OAuth2Token> token = found.getToken(hash);
        if (token == null) {
            return found;
        }
        OAuth2Token plain = switch (token.getToken()) {
            case OAuth2AccessToken access -> new OAuth2AccessToken(access.getTokenType(), text, access.getIssuedAt(), access.getExpiresAt(), access.getScopes());
            case OAuth2RefreshToken refresh -> new OAuth2RefreshToken(text, refresh.getIssuedAt(), refresh.getExpiresAt());
            case OAuth2AuthorizationCode code -> new OAuth2AuthorizationCode(text, code.getIssuedAt(), code.getExpiresAt());
            case OidcIdToken id -> new OidcIdToken(text, id.getIssuedAt(), id.getExpiresAt(), id.getClaims());
            case OAuth2UserCode user -> new OAuth2UserCode(text, user.getIssuedAt(), user.getExpiresAt());
            case OAuth2DeviceCode device -> new OAuth2DeviceCode(text, device.getIssuedAt(), device.getExpiresAt());
            default -> token.getToken();
        };
        return OAuth2Authorization.from(found).token(plain).build();
    }
}
