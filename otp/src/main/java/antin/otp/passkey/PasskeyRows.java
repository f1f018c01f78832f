package antin.otp.passkey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/** Passkeys as rows. Spring's relying party compares a signature counter with the one of the registration only, so the last one is compared here. */
final class PasskeyRows implements UserCredentialRepository {

    private static final String SELECT = "SELECT p.*, u.handle FROM passkey p JOIN passkey_user u USING (person) ";

    private final JdbcClient database;
    private final Clock clock;

    PasskeyRows(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public void delete(Bytes id) {
        database.sql("DELETE FROM passkey WHERE id = ?").param(id.getBytes()).update();
    }

    /** A new one, or one that was just used. WebAuthn 2, 7.2, step 21: a counter that does not grow tells of a copy. */
    @Override
    public void save(CredentialRecord record) {
        if (findByCredentialId(record.getCredentialId()) == null) {
            insert(record);
            return;
        }
        int used = database.sql("UPDATE passkey SET signature_count = ?, backed_up = ?, last_used = ? WHERE id = ? AND (signature_count < ? OR signature_count = 0 AND ? = 0)")
            .params(record.getSignatureCount(), record.isBackupState(), Timestamp.from(clock.instant()), record.getCredentialId().getBytes(), record.getSignatureCount(), record.getSignatureCount()).update();
        if (used == 0) {
            throw new IllegalArgumentException("The signature counter did not grow.");
        }
    }

    private void insert(CredentialRecord record) {
        Bytes attestation = Objects.requireNonNull(record.getAttestationObject());
        Bytes clientData = Objects.requireNonNull(record.getAttestationClientDataJSON());
        database.sql("""
                INSERT INTO passkey (id, person, name, public_key, signature_count, user_verified, backup_eligible, backed_up, transports, attestation, client_data, created)
                SELECT ?, person, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM passkey_user WHERE handle = ?
                """)
            .params(record.getCredentialId().getBytes(), record.getLabel(), record.getPublicKey().getBytes(), record.getSignatureCount(), record.isUvInitialized(), record.isBackupEligible(),
                record.isBackupState(), record.getTransports().stream().map(AuthenticatorTransport::getValue).collect(Collectors.joining(",")),
                attestation.getBytes(), clientData.getBytes(), Timestamp.from(clock.instant()), record.getUserEntityUserId().getBytes()).update();
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes id) {
        return database.sql(SELECT + "WHERE p.id = ?").param(id.getBytes()).query((row, number) -> record(row)).optional().orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes handle) {
        return database.sql(SELECT + "WHERE u.handle = ? ORDER BY p.created").param(handle.getBytes()).query((row, number) -> record(row)).list();
    }

    private static CredentialRecord record(ResultSet row) throws SQLException {
        Timestamp created = row.getTimestamp("created");
        Timestamp used = row.getTimestamp("last_used");
        return ImmutableCredentialRecord.builder().credentialType(PublicKeyCredentialType.PUBLIC_KEY).credentialId(new Bytes(row.getBytes("id")))
            .userEntityUserId(new Bytes(row.getBytes("handle"))).publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key"))).signatureCount(row.getLong("signature_count"))
            .uvInitialized(row.getBoolean("user_verified")).backupEligible(row.getBoolean("backup_eligible")).backupState(row.getBoolean("backed_up"))
            .transports(Arrays.stream(row.getString("transports").split(",", -1)).filter(word -> !word.isEmpty()).map(AuthenticatorTransport::valueOf).collect(Collectors.toSet()))
            .attestationObject(new Bytes(row.getBytes("attestation"))).attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
            .created(created.toInstant()).lastUsed((used == null ? created : used).toInstant()).label(row.getString("name")).build();
    }
}
