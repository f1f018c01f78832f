package antin.launcher;

import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Keys and certificates, made and renewed by {@code ca --bootstrap}. */
final class CertificationAuthority {

    /** Listeners and internal identities; the program renews what ends within 30 days. */
    static final List<String> LEAVES = List.of("tls/backbone", "tls/mail-server", "tls/signing-service", "tls/directory",
        "tls/internal/backbone", "tls/internal/mail-server", "tls/internal/signing-service", "tls/internal/launcher", "tls/internal/ca-process");
    /** Delegated by {@code ca} to the backbone, which answers for certificates and stamps times. */
    private static final List<String> STATUS_KEYS = List.of("ocsp-root", "ocsp-issuing", "tsa");
    /** Below the root, beside the issuing CA; made where the root's key is there. */
    private static final List<String> FURTHER_AUTHORITIES = List.of("persons", "agencies");
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final Installation installation;

    CertificationAuthority(Installation installation) {
        this.installation = installation;
    }

    /** Starting the program costs a second; where every file is there, in time and newer than the configuration, it is spared. */
    boolean isComplete() throws IOException {
        Instant limit = Instant.now().plus(RENEWAL);
        Path done = done();
        if (!Files.exists(done) || Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(installation.conf("ca"))) < 0) {
            return false;
        }
        for (String leaf : LEAVES) {
            Path file = installation.home().resolve(leaf + ".pem");
            if (!Files.exists(file) || !Files.exists(installation.home().resolve(leaf + ".key")) || endsBefore(file, limit)) {
                return false;
            }
        }
        for (String authority : FURTHER_AUTHORITIES) {
            boolean made = Files.exists(installation.home().resolve("tls").resolve(authority + ".pem")); // the key may lie in a device
            if (made ? statusKeyEndsBefore("ocsp-" + authority, limit) : Files.exists(installation.home().resolve("ca/root.p12"))) {
                return false;
            }
        }
        for (String key : STATUS_KEYS) {
            if (statusKeyEndsBefore(key, limit)) {
                return false;
            }
        }
        return Files.exists(installation.home().resolve("tls/root.pem")) && Files.exists(installation.home().resolve("tls/internal/ca.pem"))
            && Files.exists(installation.home().resolve("tls/directory.p12"))
            && Files.exists(installation.home().resolve("ca/recovery.pem"));
    }

    void bootstrap() throws IOException, InterruptedException {
        Instant begun = Instant.now();
        JavaProgram.CA.run(installation, List.of("--bootstrap", installation.conf("ca").toString()), environment(installation));
        Files.writeString(done(), "");
        Files.setLastModifiedTime(done(), FileTime.from(begun));
    }

    /** For whatever opens the authorities' keys: SoftHSM finds its tokens by a variable. */
    static Map<String, String> environment(Installation installation) {
        if (!Files.exists(installation.conf("ca"))) {
            return Map.of();
        }
        return Settings.read(installation.conf("ca")).optionalText("pkcs11.softhsm-conf")
            .map(file -> Map.of("SOFTHSM2_CONF", installation.home().resolve(file).toString())).orElse(Map.of());
    }

    /** Its time is that of the last run, so that a changed configuration is seen. */
    private Path done() {
        return installation.home().resolve("ca/bootstrapped");
    }

    private boolean statusKeyEndsBefore(String name, Instant limit) {
        try (InputStream file = Files.newInputStream(installation.home().resolve("status").resolve(name + ".p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(file, SecretFile.text(installation.secret("status-keys.password")).toCharArray());
            return !(store.getCertificate(name) instanceof X509Certificate leaf) || leaf.getNotAfter().toInstant().isBefore(limit);
        } catch (IOException | GeneralSecurityException | Problem e) {
            return true;
        }
    }

    private static boolean endsBefore(Path file, Instant limit) {
        try {
            X509Certificate leaf = PemFile.certificates(file).getFirst();
            return leaf.getNotAfter().toInstant().isBefore(limit);
        } catch (Problem e) {
            return true;
        }
    }
}
