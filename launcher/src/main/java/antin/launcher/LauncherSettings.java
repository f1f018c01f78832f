package antin.launcher;

import antin.kernel.config.Settings;
import java.util.Optional;

/**
 * {@code conf/launcher.properties}.
 *
 * @param portOffset added to every port of the table; fixed at the first run, since addresses in certificates hold it
 * @param sample     whether this installation has the sample city
 * @param device     where agencies' keys lie; empty for PKCS#12 files
 */
record LauncherSettings(int portOffset, boolean sample, Optional<KeyDevice> device) {

    static LauncherSettings read(Installation installation) {
        Settings settings = Settings.read(installation.conf("launcher"));
        LauncherSettings read = new LauncherSettings(settings.number("port-offset", 0), settings.flag("sample", true),
            KeyDevice.read(settings));
        settings.refuseUnknownKeys();
        return read;
    }

    int port(Port port) {
        return port.at(portOffset);
    }
}
