package antin.launcher;

import antin.kernel.Problem;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Keys and certificates, made and renewed by {@code ca --bootstrap}. */
final class CertificationAuthority {

    /** Listeners and internal identities; the program renews what ends within 30 days. */
    static final List<String> LEAVES = List.of("tls/backbone", "tls/mail-server", "tls/directory", "tls/internal/backbone",
        "tls/internal/mail-server", "tls/internal/ca-process");
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final Installation installation;

    CertificationAuthority(Installation installation) {
        this.installation = installation;
    }

    /** Starting the program costs a second; where every file is there, in time and newer than the configuration, it is spared. */
    boolean isComplete() throws IOException {
        Instant limit = Instant.now().plus(RENEWAL);
        Instant configured = Files.getLastModifiedTime(installation.conf("ca")).toInstant();
        for (String leaf : LEAVES) {
            Path file = installation.home().resolve(leaf + ".pem");
            if (!Files.exists(file) || !Files.exists(installation.home().resolve(leaf + ".key")) || endsBefore(file, limit)
                    || Files.getLastModifiedTime(file).toInstant().isBefore(configured)) {
                return false;
            }
        }
        return Files.exists(installation.home().resolve("tls/root.pem")) && Files.exists(installation.home().resolve("tls/internal/ca.pem"))
            && Files.exists(installation.home().resolve("tls/directory.p12"));
    }

    void bootstrap() throws IOException, InterruptedException {
        JavaProgram.CA.run(installation, List.of("--bootstrap", installation.conf("ca").toString()));
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
