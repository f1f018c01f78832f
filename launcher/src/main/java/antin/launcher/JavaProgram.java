package antin.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One of our Java processes: its class path, memory and main class. */
record JavaProgram(String module, String process, String mainClass, String heap) {

    static final JavaProgram CA = new JavaProgram("ca-integration", "ca", "antin.ca.CaMain", "96m");
    static final JavaProgram AUDIT_CHECK = new JavaProgram("ca-integration", "audit-check", "antin.ca.status.AuditCheck", "64m");
    static final JavaProgram EJBCA_DOCTOR = new JavaProgram("ca-integration", "ejbca-doctor", "antin.ca.ejbca.EjbcaDoctorMain", "64m");
    static final JavaProgram OUTSIDE_DOCTOR = new JavaProgram("ca-integration", "external-doctor", "antin.ca.external.OutsideDoctorMain", "64m");
    static final JavaProgram DIRECTORY_SETUP = new JavaProgram("directory", "directory", "antin.directory.opendj.DirectorySetup", "64m");
    static final JavaProgram DIRECTORY_PAIR = new JavaProgram("directory", "directory-replication", "antin.directory.opendj.Replication", "64m");
    static final JavaProgram BACKBONE = new JavaProgram("backbone", "backbone", "antin.backbone.BackboneMain", "256m");
    static final JavaProgram ROTATE_KEY = new JavaProgram("backbone", "rotate-key", "antin.backbone.operator.RotateKey", "64m");
    static final JavaProgram SIGNING_SERVICE = new JavaProgram("signing-service", "signing-service", "antin.signing.SigningMain", "512m");
    static final JavaProgram MAIL_SERVER = new JavaProgram("mail-server", "mail-server", "antin.mail.MailMain", "384m");

    private static final Set<String> KEPT = Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");

    /** A daemon's command. Its class-data archive is made by the JVM itself at the first stop, and again when classes or JDK change. */
    List<String> daemon(Installation installation, List<String> arguments) throws IOException {
        Path archive = installation.classData(process);
        Files.createDirectories(archive.getParent());
        List<String> command = new ArrayList<>(List.of(installation.java().toString(), "-Xmx" + heap, "-Xss512k",
            "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true",
            "-Dfile.encoding=UTF-8", "-Djava.security.egd=file:/dev/urandom", "-Dantin.log=" + installation.log(process)));
        command.addAll(List.of("-cp", classpath(installation), mainClass));
        command.addAll(arguments);
        return command;
    }

    /** Runs to the end; what it prints goes to {@code log/PROCESS.out}. Throws with its last line where it fails. */
    void run(Installation installation, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(oneShot(installation));
        command.addAll(arguments);
        OneShot.run(installation, process, command);
    }

    /** As {@link #run}, but what it prints goes where the launcher's own output goes; returns its exit code. */
    int foreground(Installation installation, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(oneShot(installation));
        command.addAll(arguments);
        ProcessBuilder program = new ProcessBuilder(command).inheritIO();
        cleanEnvironment(program.environment());
        return program.start().waitFor();
    }

    /** Nothing of the caller's environment reaches a process but what names places and language. */
    static void cleanEnvironment(Map<String, String> environment) {
        environment.keySet().retainAll(KEPT);
    }

    private List<String> oneShot(Installation installation) throws IOException {
        return List.of(installation.java().toString(), "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xshare:auto",
            "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-cp", classpath(installation), mainClass);
    }

    private String classpath(Installation installation) throws IOException {
        Path list = installation.app().resolve(module).resolve("classpath");
        if (!Files.exists(list)) {
            throw Refusal.of("The programs of " + module + " are not built. Run ./antin up from the source folder.");
        }
        return Files.readString(list, StandardCharsets.UTF_8).strip();
    }
}
