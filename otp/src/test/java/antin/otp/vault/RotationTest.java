package antin.otp.vault;

import static org.assertj.core.api.Assertions.assertThat;

import antin.kernel.SecretFile;
import antin.otp.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class RotationTest {

    private final JdbcClient database = TestDatabase.client();

    @Test
    void bringsRowsOverAndSaysWhenTheFormerKeyIsNeededNoMore(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key");
        SecretFile.createRandom(file, 32, new SecureRandom());
        Vault before = Vault.open(file);
        database.sql("CREATE TABLE rotated (id uuid PRIMARY KEY, key_id text NOT NULL, sealed bytea NOT NULL)").update();
        List<UUID> ids = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
        for (UUID id : ids) {
            Sealed sealed = before.seal("rotation test", id.toString(), id.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            database.sql("INSERT INTO rotated VALUES (?, ?, ?)").params(id, sealed.keyId(), sealed.bytes()).update();
        }
        Vault after = NewKey.add(file, new SecureRandom());
        assertThat(after.formerKeys()).containsExactly(before.keyId());
        SealedTable table = new SealedTable(database, after, "rotated", "rotated", "id", "rotation test", "CAST(id AS text)");
        SimpleMeterRegistry metrics = new SimpleMeterRegistry();
        Rotation rotation = new Rotation(after, List.of(table), metrics);
        assertThat(table.underFormerKeys()).isEqualTo(3);
        assertThat(rotation.work()).isZero();
        assertThat(metrics.get("antin.vault.former.rows").tag("store", "rotated").gauge().value()).isZero();
        SecretFile.write(file, SecretFile.text(file).lines().findFirst().orElseThrow());
        Vault alone = Vault.open(file);
        for (UUID id : ids) {
            Sealed sealed = database.sql("SELECT key_id, sealed FROM rotated WHERE id = ?").param(id).query((row, number) -> new Sealed(row.getString(1), row.getBytes(2))).single();
            assertThat(alone.open("rotation test", id.toString(), sealed)).asString().isEqualTo(id.toString());
        }
    }
}
