package antin.backbone;

import static java.nio.charset.StandardCharsets.UTF_8;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Access tokens with the issuer's real key, and with contents that it would never give. */
final class SignedTokens {

    private final TestBackbone backbone;
    private final ECKey key;

    SignedTokens(TestBackbone backbone) {
        this.backbone = backbone;
        Vault vault = Vault.open(backbone.home.resolve("secrets/backbone.key"));
        String jwk = JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("SELECT kid, key_id, sealed FROM signing_key ORDER BY created, kid LIMIT 1")
            .query((row, number) -> new String(vault.open("oidc signing key", row.getString("kid"),
                new Sealed(row.getString("key_id"), row.getBytes("sealed"))), UTF_8)).single();
        try {
            this.key = ECKey.parse(jwk);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    String with(String scope) {
        return sign("at+jwt", backbone.url(), List.of(backbone.url()), Instant.now().plusSeconds(60), scope);
    }

    String ended(String scope) {
        return sign("at+jwt", backbone.url(), List.of(backbone.url()), Instant.now().minusSeconds(120), scope);
    }

    String ofType(String type, String scope) {
        return sign(type, backbone.url(), List.of(backbone.url()), Instant.now().plusSeconds(60), scope);
    }

    String ofIssuer(String issuer, String scope) {
        return sign("at+jwt", issuer, List.of(backbone.url()), Instant.now().plusSeconds(60), scope);
    }

    String forAudiences(List<String> audiences, String scope) {
        return sign("at+jwt", backbone.url(), audiences, Instant.now().plusSeconds(60), scope);
    }

    private String sign(String type, String issuer, List<String> audiences, Instant end, String scope) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(issuer).audience(audiences).subject("sample-documents").claim("scope", scope)
            .issueTime(Date.from(Instant.now().minusSeconds(180))).expirationTime(Date.from(end)).build();
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).keyID(key.getKeyID()).build(), claims);
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }
}
