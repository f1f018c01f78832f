package antin.keys.pkcs12;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.SignatureAlgorithm;
import antin.keys.KeyRingContract;
import antin.keys.TestAuthority;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Pkcs12KeyRingTest implements KeyRingContract {

    @TempDir
    Path state;

    @BeforeEach
    void password() throws IOException {
        SecretFile.write(state.resolve("signing-keys.password"), "only-in-this-test");
    }

    @Override
    public KeyRing open() {
        return new Pkcs12KeyRing(state.resolve("keys"), state.resolve("signing-keys.password"), Clock.systemUTC());
    }

    @Test
    void filesAreForTheOwnerOnlyAndNothingPendingStays() throws Exception {
        try (KeyRing ring = open()) {
            var pending = ring.pending("seal", KeyType.EC_P256);
            assertThat(files()).containsExactly("seal.pending.p12 rw-------");
            ring.complete("seal", new TestAuthority().chainFor(pending.publicKey()));
            assertThat(files()).containsExactly("seal.p12 rw-------");
        }
    }

    @Test
    void refusesAFileThatOthersMayRead() throws Exception {
        try (KeyRing ring = open()) {
            ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey()));
        }
        Files.setPosixFilePermissions(state.resolve("keys/seal.p12"), PosixFilePermissions.fromString("rw-r--r--"));
        try (KeyRing ring = open()) {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> ring.find("seal"))
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.MISCONFIGURED));
        }
    }

    @Test
    void saysWhichFileDoesNotOpenWithThePassword() throws Exception {
        try (KeyRing ring = open()) {
            ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey()));
        }
        SecretFile.write(state.resolve("signing-keys.password"), "another");
        try (KeyRing ring = open()) {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> ring.find("seal")).withMessageContaining("seal.p12");
        }
    }

    @Test
    void givesThePrivateKeyToNobody() throws Exception {
        try (KeyRing ring = open()) {
            var key = ring.complete("seal", new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey()));
            assertThat(Stream.of(key.getClass().getDeclaredMethods()).map(Method::getReturnType)).doesNotContain(PrivateKey.class);
            assertThat(key.toString()).isEqualTo("SoftwareKey seal");
        }
    }

    @Test
    void opensslReadsWhatItWritesAndItReadsWhatOpensslWrites() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        byte[] text = "text".getBytes(UTF_8);
        try (KeyRing ring = open()) {
            var chain = new TestAuthority().chainFor(ring.pending("seal", KeyType.EC_P256).publicKey());
            ring.complete("seal", chain);
            assertThat(openssl("pkcs12", "-in", "keys/seal.p12", "-passin", "file:signing-keys.password", "-nokeys"))
                .containsSubsequence("CN = Some Unit", "CN = Test Issuer", "CN = Test Root");
            openssl("pkcs12", "-in", "keys/seal.p12", "-passin", "file:signing-keys.password", "-noenc", "-out", "all.pem");
            openssl("pkcs12", "-export", "-in", "all.pem", "-name", "moved", "-out", "keys/moved.p12", "-passout", "file:signing-keys.password");
            Files.setPosixFilePermissions(state.resolve("keys/moved.p12"), PosixFilePermissions.fromString("rw-------"));
            var moved = ring.find("moved").orElseThrow();
            assertThat(moved.chain()).isEqualTo(chain);
            assertThat(ring.names()).containsExactly("moved", "seal");
            assertThat(moved.sign(SignatureAlgorithm.ECDSA_SHA256, text)).isNotEmpty();
        }
    }

    private String openssl(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(state.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(state.resolve("keys"))) {
            return files.map(file -> {
                try {
                    return file.getFileName() + " " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                } catch (IOException e) {
                    return e.toString();
                }
            }).sorted().toList();
        }
    }
}
