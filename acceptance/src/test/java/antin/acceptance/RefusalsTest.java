package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong at a start is told in one sentence that says what to do, and the next start mends what was left. */
@Tag("installation")
@ExtendWith(UnderTest.class)
class RefusalsTest {

    @TempDir
    private Path folder;

    @Test
    void namesThePortThatIsTaken() throws Exception {
        Antin antin = Antin.fresh(folder.resolve("var"));
        try (ServerSocket taken = new ServerSocket(antin.port(10587), 1, InetAddress.getByName("127.0.0.1"))) {
            refusal(antin.run("up", "--detach"), "Port " + taken.getLocalPort() + " (submission of mail-server) is taken");
        }
        assertThat(antin.home().resolve("run/postgresql.pid")).doesNotExist();
    }

    @Test
    void asksForAJdkWhereThereIsNoneOrATooOldOne() throws Exception {
        Path old = folder.resolve("jdk-17");
        Path javac = Files.createDirectories(old.resolve("bin")).resolve("javac");
        Files.writeString(javac, "#!/bin/sh\n");
        Files.setPosixFilePermissions(javac, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Map<String, String> environment = Map.of("JAVA_HOME", old.toString(), "ANTIN_JDKS", old.toString(), "PATH", old.resolve("bin") + ":/usr/bin:/bin");
        refusal(Antin.fresh(folder.resolve("var")).run(environment, "up", "--detach"), "No JDK 21 or newer was found (JAVA_HOME is " + old + ")");
    }

    @Test
    void saysThatTheStateFolderCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        refusal(Antin.fresh(file.resolve("var")).run("up", "--detach"), "cannot be made or written");
        refusal(Antin.fresh(file).run("up", "--detach"), "cannot be made or written");
    }

    @Test
    void refusesOffsetsThatAreNone() {
        Antin antin = Antin.fresh(folder.resolve("var"));
        refusal(antin.run(Map.of("ANTIN_PORT_OFFSET", "many"), "up", "--detach"), "must be a whole number");
        refusal(antin.run(Map.of("ANTIN_PORT_OFFSET", "60000"), "up", "--detach"), "Choose 10000 or 20000");
    }

    @Test
    void keepsTheOffsetOfTheFirstRun(Antin antin) {
        refusal(antin.run(Map.of("ANTIN_PORT_OFFSET", "1"), "up", "--detach"), "was made with ANTIN_PORT_OFFSET=" + antin.offset());
    }

    @Test
    void namesTheUnknownConfigurationKeyAndTheNearestOne(Antin antin) throws Exception {
        for (String process : new String[] {"backbone", "mail-server"}) {
            antin.kill(process); // the others need not start again
            Path file = antin.home().resolve("conf/" + process + ".properties");
            String before = Files.readString(file);
            Files.writeString(file, "directory.hots=127.0.0.1:1\n", StandardOpenOption.APPEND);
            try {
                refusal(antin.run("up", "--detach"), "directory.hots in " + file + " is unknown. Did you mean directory.hosts?");
            } finally {
                Files.writeString(file, before);
            }
        }
        antin.up();
    }

    @Test
    void neverListensBeyondLoopbackWithSamplePeople(Antin antin) throws Exception {
        Path file = antin.home().resolve("conf/backbone.properties");
        String before = Files.readString(file);
        Files.writeString(file, before.replace("listen=127.0.0.1", "listen=0.0.0.0"));
        try {
            refusal(antin.run("up", "--detach"), "beyond loopback");
        } finally {
            Files.writeString(file, before);
        }
    }

    @Test
    void aSecondUpOnWhatRunsLosesNothing(Antin antin) throws Exception {
        String before = Files.readString(antin.home().resolve("sample/app-passwords.tsv"));
        String backbone = Files.readString(antin.home().resolve("run/backbone.pid"));
        antin.up();
        assertThat(Files.readString(antin.home().resolve("sample/app-passwords.tsv"))).isEqualTo(before);
        assertThat(Files.readString(antin.home().resolve("run/backbone.pid"))).isEqualTo(backbone);
    }

    /** One folder on a small disk: full at first, then cut off in the middle of the first run, then whole. */
    @Test
    void mendsAFirstRunThatAFullDiskOrAKillLeftHalfMade() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        Assumptions.assumeTrue(Tool.run("mount", "-t", "tmpfs", "-o", "size=40m", "none", disk.toString()).exit() == 0, "only root may mount a small disk");
        Antin antin = Antin.fresh(disk.resolve("var"));
        try {
            refusal(antin.run("up", "--detach"), "full");
            Tool.run("mount", "-o", "remount,size=600m", disk.toString()).succeeds();
            refusal(antin.run("up", "--detach"), "less than 1.5 GB free");
            Tool.run("mount", "-o", "remount,size=4g", disk.toString()).succeeds();
            antin.borrowClassData();

            Tool.run(environment(antin), "", "timeout", "--signal=KILL", "9", System.getProperty("antin.command", "../antin"), "up", "--detach");
            assertThat(disk.resolve("var/run/mail-server.pid")).as("killed before the end").doesNotExist();
            antin.up();
            assertThat(antin.run("status").succeeds().output()).contains("ready");
        } finally {
            antin.end();
            Tool.run("umount", disk.toString());
        }
    }

    private static Map<String, String> environment(Antin antin) {
        return Map.of("ANTIN_HOME", antin.home().toString(), "ANTIN_PORT_OFFSET", Integer.toString(antin.offset()), "ANTIN_BUILD", "off");
    }

    private static void refusal(Tool.Result result, String part) {
        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(result.output().lines().filter(line -> line.startsWith("antin: ")).toList()).as(result.output()).hasSize(1)
            .first().asString().contains(part);
        assertThat(result.output()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
