package antin.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** OpenDJ: set up by the directory's own program, which leaves the arguments to serve with. */
final class DirectoryServer {

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

    /** Whether it was set up, and for the place where the state folder lies now. */
    boolean isSetUp() throws IOException {
        Path arguments = folder.resolve("start.args");
        return Files.exists(arguments) && Files.readString(arguments).contains(folder.toString());
    }

    void setUp() throws IOException, InterruptedException {
        if (isSetUp()) {
            return;
        }
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
        arguments.addAll(List.of("--sample", settings.sample() ? installation.home().resolve("sample").toString() : "none"));
        JavaProgram.DIRECTORY_SETUP.run(installation, arguments);
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
