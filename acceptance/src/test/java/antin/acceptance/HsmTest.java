package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code ANTIN_PKCS11} names a library at the first run, agencies' keys are made on its token and never lie in a file. */
@Tag("installation")
class HsmTest {

    private static final List<Path> LIBRARIES = List.of(Path.of("/usr/lib/softhsm/libsofthsm2.so"), Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
        Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"));

    @Test
    void sealsWithKeysOnAToken(@TempDir Path folder) throws Exception {
        Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(null);
        Assumptions.assumeTrue(library != null, "softhsm2 is not installed");
        Antin antin = Antin.fresh(folder.resolve("var"));
        antin.borrowClassData();
        try {
            antin.run(Map.of("ANTIN_PKCS11", String.valueOf(library)), "up", "--detach").succeeds();
            sealsAndValidates(antin, folder);
            assertThat(folder.resolve("var/keys")).satisfiesAnyOf(keys -> assertThat(keys).doesNotExist(), keys -> assertThat(keys).isEmptyDirectory());
            antin.run("down").succeeds();
            antin.up();
            sealsAndValidates(antin, folder);
        } finally {
            antin.end();
        }
    }

    private static void sealsAndValidates(Antin antin, Path folder) throws Exception {
        SigningClient client = new SigningClient(antin, folder);
        Path pdf = Files.write(folder.resolve("a.pdf"), Pdf.ofSize(10_000));
        for (String key : List.of("sample-seal", "sample-seal-ec")) {
            Path sealed = client.seal("{\"key\":\"" + key + "\",\"format\":\"PAdES\",\"level\":\"LT\"}", pdf).is(201).body();
            assertThat(client.validate(sealed).is(200).text()).contains("\"conclusion\":\"valid\"");
        }
    }
}
