package antin.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

    private Installation installation;
    private Daemon daemon;

    @BeforeEach
    void folder(@TempDir Path home) {
        installation = new Installation(home, home, Path.of("java"));
        daemon = new Daemon("sleeper", installation, "TERM");
    }

    @AfterEach
    void stop() throws Exception {
        daemon.stop(Duration.ofSeconds(2));
    }

    @Test
    void isKnownToALaterLauncherAndStops() throws Exception {
        daemon.start(List.of("sleep", "60"), installation.home(), Map.of());
        Daemon later = new Daemon("sleeper", installation, "TERM");
        assertThat(later.running()).isPresent();
        later.stop(Duration.ofSeconds(5));
        assertThat(later.running()).isEmpty();
        assertThat(later.isDead()).isFalse();
    }

    @Test
    void isDeadWhenItEndedUnasked() throws Exception {
        ProcessHandle handle = daemon.start(List.of("sh", "-c", "echo last words; exit 3"), installation.home(), Map.of());
        handle.onExit().get();
        assertThat(daemon.isDead()).isTrue();
        assertThat(LastLines.report(installation, "sleeper")).containsExactly("last words");
    }

    @Test
    void isKilledWhenItDoesNotListen() throws Exception {
        ProcessHandle handle = daemon.start(List.of("sh", "-c", "trap '' TERM; while :; do sleep 1; done"), installation.home(), Map.of());
        Thread.sleep(Duration.ofMillis(200));
        Path half = installation.classData("sleeper");
        Files.createDirectories(half.getParent());
        Files.writeString(half, "cut off");
        daemon.stop(Duration.ofMillis(500));
        assertThat(handle.isAlive()).isFalse();
        assertThat(half).as("what a JVM writes as it stops").doesNotExist();
    }

    @Test
    void neverTakesAnotherProgramWithItsNumberForIt() throws Exception {
        Files.createDirectories(installation.pidFile("sleeper").getParent());
        Files.writeString(installation.pidFile("sleeper"), ProcessHandle.current().pid() + " 12345\n");
        assertThat(daemon.running()).isEmpty();
        daemon.stop(Duration.ofSeconds(1)); // and does not stop it
    }

    @Test
    void seesNothingOfTheCallersEnvironment() throws Exception {
        ProcessHandle handle = daemon.start(List.of("env"), installation.home(), Map.of("GIVEN", "1"));
        handle.onExit().get();
        assertThat(Files.readAllLines(installation.out("sleeper"))).contains("GIVEN=1").noneMatch(line -> line.startsWith("MAVEN"));
    }
}
