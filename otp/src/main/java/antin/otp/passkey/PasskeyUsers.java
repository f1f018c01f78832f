package antin.otp.passkey;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;

/** A random handle a person: what an authenticator stores and tells must not be a staff number (WebAuthn 2, 14.6.1). */
final class PasskeyUsers implements PublicKeyCredentialUserEntityRepository {

    private final JdbcClient database;

    PasskeyUsers(JdbcClient database) {
        this.database = database;
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes handle) {
        return database.sql("SELECT person FROM passkey_user WHERE handle = ?").param(handle.getBytes()).query(String.class).optional()
            .map(person -> entity(person, handle)).orElse(null);
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String person) {
        return database.sql("SELECT handle FROM passkey_user WHERE person = ?").param(person).query((row, number) -> row.getBytes("handle")).optional()
            .map(handle -> entity(person, new Bytes(handle))).orElse(null);
    }

    /** The first one stays, also where two come at once. */
    @Override
    public void save(PublicKeyCredentialUserEntity user) {
        database.sql("INSERT INTO passkey_user (person, handle) VALUES (?, ?) ON CONFLICT DO NOTHING").params(user.getName(), user.getId().getBytes()).update();
    }

    @Override
    public void delete(Bytes handle) {
        database.sql("DELETE FROM passkey_user WHERE handle = ?").param(handle.getBytes()).update();
    }

    PublicKeyCredentialUserEntity of(String person) {
        save(entity(person, Bytes.random()));
        PublicKeyCredentialUserEntity user = findByUsername(person);
        if (user == null) {
            throw new IllegalStateException("The row was written just now.");
        }
        return user;
    }

    private static PublicKeyCredentialUserEntity entity(String person, Bytes handle) {
        return ImmutablePublicKeyCredentialUserEntity.builder().name(person).id(handle).displayName(person).build();
    }
}
