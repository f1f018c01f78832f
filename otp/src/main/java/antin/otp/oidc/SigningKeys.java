package antin.otp.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The issuer's keys: made at the first start, kept sealed in the database, so that every process and every restart has the same. */
final class SigningKeys {

    private static final String USE = "oidc signing key";

    private record Row(String kid, Sealed sealed) {
    }

    private final JdbcClient database;
    private final Vault vault;
    private final Clock clock;

    SigningKeys(JdbcClient database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    JWKSet load() {
        return new JWKSet(newest().map(this::open).orElseGet(this::make));
    }

    private Optional<Row> newest() {
        return database.sql("SELECT kid, key_id, sealed FROM signing_key ORDER BY created, kid LIMIT 1")
            .query((row, number) -> new Row(row.getString("kid"), new Sealed(row.getString("key_id"), row.getBytes("sealed")))).optional();
    }

    private ECKey make() {
        try {
            String kid = UUID.randomUUID().toString();
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(kid).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256).generate();
            Sealed sealed = vault.seal(USE, kid, key.toJSONString().getBytes(UTF_8));
            database.sql("INSERT INTO signing_key (kid, key_id, sealed, created) VALUES (?, ?, ?, ?)")
                .params(kid, sealed.keyId(), sealed.bytes(), Timestamp.from(clock.instant())).update();
            return newest().map(this::open).orElse(key); // where two processes start at once, both take the older one
        } catch (JOSEException e) {
            throw new IllegalStateException("Every JDK makes P-256 keys.", e);
        }
    }

    private ECKey open(Row row) {
        try {
            return ECKey.parse(new String(vault.open(USE, row.kid(), row.sealed()), UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("The stored key " + row.kid() + " is no JWK.", e);
        }
    }
}
