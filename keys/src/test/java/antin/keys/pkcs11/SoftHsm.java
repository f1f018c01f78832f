package antin.keys.pkcs11;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** SoftHSM with a configuration of its own, and a token for each test. */
public final class SoftHsm {

    public static final Path LIBRARY = List.of(Path.of("/usr/lib/softhsm/libsofthsm2.so"), Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
        Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so")).stream().filter(Files::exists).findFirst().orElse(Path.of("/usr/lib/softhsm/libsofthsm2.so"));
    public static final String PIN = "27182818";

    private static final AtomicInteger MADE = new AtomicInteger();

    public final String label = "test-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet();
    public final Path pinFile;

    public SoftHsm(Path folder) throws IOException {
        if (!Files.exists(LIBRARY)) {
            System.err.println("SKIPPED: SoftHSM is not here, and so PKCS#11 is NOT TESTED. Run: apt-get install softhsm2");
        }
        assumeTrue(Files.exists(LIBRARY), "softhsm2 is not installed");
        Path configuration = Path.of(System.getenv("SOFTHSM2_CONF"));
        Path tokens = Files.createDirectories(configuration.resolveSibling("tokens"));
        Files.writeString(configuration, "directories.tokendir = " + tokens + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        pinFile = folder.resolve("pkcs11.pin");
        SecretFile.write(pinFile, PIN);
    }

    Pkcs11Settings settings() {
        return new Pkcs11Settings(LIBRARY, label, pinFile, Pkcs11Settings.USUAL_SESSIONS);
    }
}
