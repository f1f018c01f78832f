package antin.ca;

import static org.assertj.core.api.Assertions.assertThat;

import antin.ca.remote.RemoteCertificateAuthority;
import antin.kernel.tls.PemFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process renews what it made, its own identity included, while it serves. */
class RenewalTest {

    private static final List<String> NAMES = List.of("tls/mail-server", "tls/directory", "tls/internal/ca-process", "tls/internal/backbone");

    @TempDir
    private Path home;

    @Test
    void whatIsMissingIsMadeAnewAndKnownToTheLedgerBeforeAnybodySeesIt() throws Exception {
        try (CaProcess ca = CaProcess.prepare(home)) {
            Files.writeString(home.resolve("conf/ca.properties"), "renewal-look-seconds=1\n", StandardOpenOption.APPEND);
            ca.start();
            try (RemoteCertificateAuthority remote = ca.remote()) {
                Map<String, BigInteger> before = serials();
                byte[] keystore = Files.readAllBytes(home.resolve("tls/directory.p12"));
                for (String name : NAMES) {
                    Files.delete(home.resolve(name + ".pem"));
                }
                Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> NAMES.stream().allMatch(name -> Files.exists(home.resolve(name + ".pem"))));
                Map<String, BigInteger> after = serials();
                NAMES.forEach(name -> assertThat(after.get(name)).as(name).isNotEqualTo(before.get(name)));
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !Arrays.equals(Files.readAllBytes(home.resolve("tls/directory.p12")), keystore));
                List<BigInteger> known = remote.changesAfter(0, 1_000, Duration.ZERO).stream().map(CertificateStatus::serial).toList();
                assertThat(known).contains(after.get("tls/mail-server"), after.get("tls/directory")); // nobody is told of the internal ones
            }
        }
    }

    private Map<String, BigInteger> serials() {
        return NAMES.stream().collect(Collectors.toMap(name -> name, name -> PemFile.certificates(home.resolve(name + ".pem")).getFirst().getSerialNumber()));
    }
}
