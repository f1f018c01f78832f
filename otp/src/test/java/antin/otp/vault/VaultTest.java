package antin.otp.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.otp.TestDatabase;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTest {

    private final Vault vault = TestDatabase.vault();

    @ParameterizedTest(name = "RFC 5869, A.{0}")
    @CsvSource({
        "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, 000102030405060708090a0b0c, f0f1f2f3f4f5f6f7f8f9, 42,"
            + "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
        "3, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '', '', 42,"
            + "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"})
    void derivesKeysAsTheRfcDoes(int vector, String secret, String salt, String info, int length, String expected) {
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(Hkdf.derive(hex.parseHex(secret), hex.parseHex(salt), hex.parseHex(info), length))).as("A." + vector).isEqualTo(expected);
    }

    @Test
    void opensWhatItSealed() {
        byte[] secret = "bí mật".getBytes(UTF_8);
        Sealed sealed = vault.seal("totp", "100001", secret);
        assertThat(vault.open("totp", "100001", sealed)).isEqualTo(secret);
        assertThat(new String(sealed.bytes(), UTF_8)).doesNotContain("mật");
        assertThat(vault.seal("totp", "100001", secret).bytes()).isNotEqualTo(sealed.bytes());
    }

    @Test
    void doesNotOpenASecretMovedToAnotherOwnerOrUseOrChanged() {
        Sealed sealed = vault.seal("totp", "100001", new byte[20]);
        assertThatThrownBy(() -> vault.open("totp", "100002", sealed)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> vault.open("other", "100001", sealed)).isInstanceOf(Problem.class);
        sealed.bytes()[20] ^= 1;
        assertThatThrownBy(() -> vault.open("totp", "100001", sealed)).isInstanceOf(Problem.class);
    }

    @Test
    void saysThatTheSecretFileWasExchanged() {
        Sealed sealed = vault.seal("totp", "100001", new byte[20]);
        assertThatThrownBy(() -> TestDatabase.vault().open("totp", "100001", sealed)).hasMessageContaining("Put the former file back");
    }

    @Test
    void opensAndComparesWhatAFormerKeyMade(@TempDir Path folder) throws Exception {
        String former = "f".repeat(43);
        String present = "p".repeat(43);
        SecretFile.write(folder.resolve("key"), former);
        Vault before = Vault.open(folder.resolve("key"));
        Sealed old = before.seal("totp", "100001", new byte[] {1, 2, 3});
        SecretFile.write(folder.resolve("key"), present + "\n" + former + "\n");
        Vault after = Vault.open(folder.resolve("key"));
        assertThat(after.open("totp", "100001", old)).containsExactly(1, 2, 3);
        assertThat(after.isPresent(old.keyId())).isFalse();
        assertThat(after.formerKeys()).containsExactly(before.keyId());
        Sealed fresh = after.reseal("totp", "100001", old);
        assertThat(after.isPresent(fresh.keyId())).isTrue();
        assertThat(after.reseal("totp", "100001", fresh)).isSameAs(fresh);
        assertThatThrownBy(() -> before.open("totp", "100001", fresh)).hasMessageContaining("Put the former file back");
        assertThat(after.hashes("app-password", "x").getFirst()).isEqualTo(after.hash("app-password", "x"));
        assertThat(after.hashes("app-password", "x").getLast()).isEqualTo(before.hash("app-password", "x"));
        assertThat(after.hash(before.keyId(), "app-password", "x")).contains(before.hash("app-password", "x"));
        assertThat(after.hash("unknown", "app-password", "x")).isEmpty();
    }

    @Test
    void refusesAShortLineAmongLongOnes(@TempDir Path folder) throws Exception {
        SecretFile.write(folder.resolve("key"), "p".repeat(43) + "\nshort\n");
        assertThatThrownBy(() -> Vault.open(folder.resolve("key"))).hasMessageContaining("at least 32");
    }

    @Test
    void refusesAShortSecret(@TempDir Path folder) throws Exception {
        SecretFile.write(folder.resolve("key"), "short");
        assertThatThrownBy(() -> Vault.open(folder.resolve("key"))).hasMessageContaining("at least 32");
    }
}
