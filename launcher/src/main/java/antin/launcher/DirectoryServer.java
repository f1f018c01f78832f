package antin.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** OpenDJ: set up by the directory's own program, which leaves the arguments to serve with. */
final class DirectoryServer {

    /** Left by a set-up that came to its end. */
    private static final String SET_UP_BY = "set-up-by";
    private static final Duration STOP = Duration.ofSeconds(20);

    private final Installation installation;
    private final LauncherSettings settings;
    private final Path folder;
    private final Daemon daemon;

    DirectoryServer(Installation installation, LauncherSettings settings) {
        this.installation = installation;
        this.settings = settings;
        this.folder = installation.home().resolve("directory");
        this.daemon = new Daemon("directory", installation, "TERM");
    }

    Daemon daemon() {
        return daemon;
    }

    boolean exists() {
        return Files.exists(folder);
    }

    /** Whether it was set up for the place where the state folder lies now, by this version of its program and with the settings of now. */
    boolean isSetUp() throws IOException {
        Path arguments = folder.resolve("start.args");
        return Files.exists(arguments) && Files.readString(arguments).contains(folder.toString())
            && Files.exists(folder.resolve(SET_UP_BY)) && Files.readString(folder.resolve(SET_UP_BY)).equals(fingerprint());
    }

    /** Makes it, or brings the one that is there up to date, for which it must not run. */
    void setUp() throws IOException, InterruptedException {
        if (isSetUp()) {
            return;
        }
        daemon.stop(STOP);
        String by = fingerprint();
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--state", installation.home().toString()));
        arguments.addAll(List.of("--opendj", installation.app().resolve("directory/opendj.zip").toString()));
        arguments.addAll(List.of("--ldap-port", Integer.toString(settings.port(Port.LDAP))));
        arguments.addAll(List.of("--ldaps-port", Integer.toString(settings.port(Port.LDAPS))));
        arguments.addAll(List.of("--admin-port", Integer.toString(settings.port(Port.DIRECTORY_ADMINISTRATION))));
        arguments.addAll(List.of("--base", "dc=city,dc=example", "--mail-domain", "city.example"));
        arguments.addAll(List.of("--manager-password-file", installation.secret("directory-manager.password").toString()));
        arguments.addAll(List.of("--keystore", installation.home().resolve("tls/directory.p12").toString()));
        arguments.addAll(List.of("--keystore-password-file", installation.secret("directory-keystore.password").toString()));
        arguments.addAll(List.of("--client-trust", installation.home().resolve("tls/internal/ca.pem").toString()));
        arguments.addAll(List.of("--listen", settings.directoryListen()));
        arguments.addAll(List.of("--sample", settings.sample() ? installation.home().resolve("sample").toString() : "none"));
        JavaProgram.DIRECTORY_SETUP.run(installation, arguments);
        Path half = folder.resolve(SET_UP_BY + ".half");
        Files.writeString(half, by);
        Files.move(half, folder.resolve(SET_UP_BY), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Of the set-up program and of the settings that it reads. */
    private String fingerprint() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Path list = installation.app().resolve("directory/classpath");
            Path program = Path.of(Files.exists(list) ? Files.readString(list).strip().split(":", -1)[0] : "");
            for (Path file : List.of(program, installation.conf("directory"))) {
                digest.update(Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0]);
            }
            digest.update(settings.directoryListen().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    void start() throws IOException {
        Map<String, String> environment = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("environment"))) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                environment.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        daemon.start(List.of(installation.java().toString(), "@" + folder.resolve("start.args")), folder.resolve("opendj"), environment);
    }

    boolean answers() {
        return Probe.directoryAnswers(settings.port(Port.LDAP), installation.secret("directory-manager.password"),
            installation.home().resolve("tls/root.pem"));
    }
}
