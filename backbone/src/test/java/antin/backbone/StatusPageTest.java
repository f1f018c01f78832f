package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines of {@code docs/status.md} do what the page says. */
class StatusPageTest {

    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private final TestBackbone backbone = TestBackbone.shared();

    @TempDir
    private Path folder;

    @Test
    void runsAsItIsWritten() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")) && Files.isExecutable(Path.of("/usr/bin/curl")), "openssl or curl is not installed: apt-get install openssl curl");
        String lines = SHELL.matcher(Files.readString(Path.of("../docs/status.md"))).results().map((MatchResult block) -> block.group(1)).collect(Collectors.joining());
        String here = lines.replace("http://localhost:8441", "http://127.0.0.1:" + backbone.statusPort).replace("var/tls/", backbone.ca.file("root").getParent() + "/");
        Process shell = new ProcessBuilder("sh", "-ec", here).directory(folder.toFile()).redirectErrorStream(true).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
        assertThat(said).contains("Response verify OK", "backbone.pem: good", "verify OK", "Certificate Revocation List", "Verification: OK");
    }
}
