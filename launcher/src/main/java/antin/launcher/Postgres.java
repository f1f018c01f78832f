package antin.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL as a process of its own: on loopback, with SCRAM, durable. Programs and data are each made beside their place
 * and moved there whole, so that a start that was cut off leaves nothing half-made.
 */
final class Postgres {

    static final String SUPERUSER = "antin";
    static final String PASSWORD_FILE = "postgres-superuser.password";
    private static final String VERSION = "18.6";

    private final Installation installation;
    private final Path programs;
    private final Path data;
    private final int port;
    private final Daemon daemon;

    Postgres(Installation installation, int port) {
        this.installation = installation;
        Path folder = installation.home().resolve("postgresql");
        this.programs = folder.resolve("programs-" + VERSION);
        this.data = folder.resolve("data");
        this.port = port;
        // SIGTERM would wait for every client to leave; SIGINT is PostgreSQL's fast and clean stop.
        this.daemon = new Daemon("postgresql", installation, "INT");
    }

    Daemon daemon() {
        return daemon;
    }

    boolean isInitialised() {
        return Files.exists(data.resolve("PG_VERSION"));
    }

    void unpack() throws IOException {
        if (Files.exists(programs)) {
            return;
        }
        Path half = Folders.begin(programs);
        String archive = switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "aarch64", "arm64" -> "/postgres-linux-arm_64.txz";
            default -> "/postgres-linux-x86_64.txz";
        };
        try (InputStream raw = Postgres.class.getResourceAsStream(archive)) {
            if (raw == null) {
                throw Refusal.of("There is no embedded PostgreSQL for this machine.");
            }
            extract(new TarArchiveInputStream(new XZInputStream(raw)), half);
        }
        Folders.finish(half, programs);
    }

    void initialise() throws IOException, InterruptedException {
        if (isInitialised()) {
            return;
        }
        Path half = Folders.begin(data);
        OneShot.run(installation, "initdb", command("initdb", "-D", half.toString(), "-U", SUPERUSER,
            "--pwfile=" + installation.secret(PASSWORD_FILE), "-A", "scram-sha-256", "-E", "UTF8", "--locale-provider=builtin",
            "--locale=C.UTF-8", "--data-checksums"), Map.of());
        Files.writeString(half.resolve("postgresql.auto.conf"), """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            password_encryption = 'scram-sha-256'
            shared_buffers = 64MB
            max_connections = 120
            timezone = 'UTC'
            log_timezone = 'UTC'
            """);
        Folders.finish(half, data);
    }

    void start() throws IOException, InterruptedException {
        daemon.start(command("postgres", "-D", data.toString(), "-p", Integer.toString(port)), data, Map.of());
    }

    private List<String> command(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses root. In a user namespace of its own it is nobody, and its files stay root's.
            if (new ProcessBuilder("unshare", "-U", "true").start().waitFor() != 0) {
                throw Refusal.of("PostgreSQL does not run as root, and this machine allows no user namespaces. Run ./antin up as an ordinary user.");
            }
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(programs.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static void extract(TarArchiveInputStream tar, Path folder) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder)) {
                throw new IOException("The archive leaves its folder: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(target);
                continue;
            }
            Files.createDirectories(target.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, target, StandardCopyOption.REPLACE_EXISTING);
                boolean runs = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
