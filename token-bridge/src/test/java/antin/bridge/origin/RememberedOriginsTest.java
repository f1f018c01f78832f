package antin.bridge.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedOriginsTest {

    private static final Origin ONE = Origin.of("https://one.example.vn");
    private static final Origin OTHER = Origin.of("https://other.example.vn");

    @TempDir
    private Path home;

    @Test
    void remembersBothAnswersForTheNextProgram() {
        new RememberedOrigins(folder()).remember(ONE, true);
        new RememberedOrigins(folder()).remember(OTHER, false);
        RememberedOrigins next = new RememberedOrigins(folder());
        assertThat(next.answer(ONE)).contains(true);
        assertThat(next.answer(OTHER)).contains(false);
        assertThat(next.answer(Origin.of("https://third.example.vn"))).isEmpty();
        next.forget(OTHER);
        assertThat(next.answer(OTHER)).isEmpty();
        assertThat(next.answer(ONE)).contains(true);
    }

    @Test
    void keepsTheFileToThePerson() throws IOException {
        new RememberedOrigins(folder()).remember(ONE, true);
        assertThat(permissions(folder())).isEqualTo("rwx------");
        assertThat(permissions(folder().resolve("origins.json"))).isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).hasSize(1); // no half-written one is left
        }
    }

    private Path folder() {
        return home.resolve("config").resolve("antin-token-bridge");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
