package antin.launcher;

import antin.kernel.config.Settings;
import java.util.Optional;

/**
 * {@code conf/launcher.properties}.
 *
 * @param portOffset added to every port of the table; fixed at the first run, since addresses in certificates hold it
 * @param sample     whether this installation has the sample city
 * @param device     where agencies' keys lie; empty for PKCS#12 files
 * @param directoryListen addresses that the directory listens on, separated by commas; beyond loopback for a pair of directories
 */
record LauncherSettings(int portOffset, boolean sample, Optional<KeyDevice> device, String directoryListen) {

    private static final String LOOPBACK = "127.0.0.1";

    LauncherSettings(int portOffset, boolean sample, Optional<KeyDevice> device) {
        this(portOffset, sample, device, LOOPBACK);
    }

    static LauncherSettings read(Installation installation) {
        Settings settings = Settings.read(installation.conf("launcher"));
        LauncherSettings read = new LauncherSettings(settings.number("port-offset", 0), settings.flag("sample", true),
            KeyDevice.read(settings), settings.text("directory-listen", LOOPBACK));
        settings.refuseUnknownKeys();
        if (read.sample && !read.directoryListen.equals(LOOPBACK)) {
            throw Refusal.of("A sample city has known passwords: its directory listens on loopback alone. Take directory-listen out of conf/launcher.properties, or begin with ANTIN_SAMPLE=off.");
        }
        return read;
    }

    int port(Port port) {
        return port.at(portOffset);
    }
}
