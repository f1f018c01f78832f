package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the directory's set-up runs again; its program is one that writes what the real one leaves. */
class DirectoryServerTest {

    private Installation installation;
    private DirectoryServer server;

    @BeforeEach
    void folder(@TempDir Path home) throws IOException {
        Path java = home.resolve("java");
        Files.writeString(java, "#!/bin/sh\nmkdir -p %1$s/directory\necho %1$s/directory > %1$s/directory/start.args\necho x >> %1$s/runs\n".formatted(home));
        java.toFile().setExecutable(true);
        Files.createDirectories(home.resolve("app/directory"));
        Files.writeString(home.resolve("app/directory/directory.jar"), "one");
        Files.writeString(home.resolve("app/directory/classpath"), home.resolve("app/directory/directory.jar") + ":" + home.resolve("other.jar"));
        Files.createDirectories(home.resolve("run"));
        Files.createDirectories(home.resolve("log"));
        installation = new Installation(home, home.resolve("app"), java);
        LauncherSettings settings = new LauncherSettings(0, true, Optional.empty());
        ConfigurationFiles.create(installation, settings);
        server = new DirectoryServer(installation, settings);
    }

    @Test
    void runsOnceForAVersionAndItsSettings() throws Exception {
        assertThat(server.isSetUp()).isFalse();
        for (int i = 0; i < 3; i++) {
            server.setUp();
            assertThat(server.isSetUp()).isTrue();
        }
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void runsAgainForAnotherVersionOtherSettingsAnotherPlaceAndAfterACrash() throws Exception {
        server.setUp();
        Files.writeString(installation.app().resolve("directory/directory.jar"), "two");
        assertThat(server.isSetUp()).as("another version").isFalse();
        server.setUp();
        Files.writeString(installation.conf("directory"), Files.readString(installation.conf("directory")).replace("password.history=10", "password.history=24"));
        assertThat(server.isSetUp()).as("other settings").isFalse();
        server.setUp();
        Files.delete(installation.home().resolve("directory/set-up-by"));
        assertThat(server.isSetUp()).as("did not come to its end, or is of a version that did not note it").isFalse();
        server.setUp();
        Files.writeString(installation.home().resolve("directory/start.args"), "/elsewhere/directory");
        assertThat(server.isSetUp()).as("moved").isFalse();
        server.setUp();
        assertThat(runs()).isEqualTo(5);
    }

    private int runs() throws IOException {
        return Files.readAllLines(installation.home().resolve("runs")).size();
    }
}
