package antin.ca;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * The configuration of the {@code ca} process. {@code baseDn} ends the names of the processes' internal certificates;
 * {@code hosts} are the DNS names and IP addresses of the listeners.
 */
record CaSettings(Path home, Path rootPassword, Path issuingPassword, Path internalPassword, Path directoryKeystorePassword,
                  String statusUrl, List<String> hosts, boolean sample, String baseDn) {

    CaSettings {
        hosts = List.copyOf(hosts);
    }

    static CaSettings read(Settings settings) {
        CaSettings read = new CaSettings(settings.home(), settings.path("root.password-file"), settings.path("issuing.password-file"),
            settings.path("internal.password-file"), settings.path("directory-keystore.password-file"),
            settings.text("status-url").replaceAll("/+$", ""), settings.list("hosts"), settings.flag("sample", false), settings.text("base-dn"));
        settings.refuseUnknownKeys();
        if (read.hosts.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The key hosts names no host for the listeners' certificates. Add one, such as localhost.");
        }
        return read;
    }

    Path tls() {
        return home.resolve("tls");
    }

    Path internal() {
        return home.resolve("tls/internal");
    }
}
