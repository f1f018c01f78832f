package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class InstallationTest {

    private final Path home = Path.of("/srv/antin");

    @Test
    void keepsClassDataForOneBuildOnly() {
        Installation before = new Installation(home, home.resolve("app/1a"), Path.of("java"));
        Installation after = new Installation(home, home.resolve("app/2b"), Path.of("java"));
        assertThat(before.classData("backbone")).hasParentRaw(before.classData()).isNotEqualTo(after.classData("backbone"));
        assertThat(before.classData("backbone").getFileName().toString()).endsWith(before.classDataOfBuild()).doesNotEndWith(after.classDataOfBuild());
    }
}
