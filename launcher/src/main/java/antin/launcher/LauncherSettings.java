package antin.launcher;

import antin.kernel.config.Settings;

/**
 * {@code conf/launcher.properties}.
 *
 * @param portOffset added to every port of the table; fixed at the first run, since addresses in certificates hold it
 * @param sample     whether this installation has the sample city
 */
record LauncherSettings(int portOffset, boolean sample) {

    static LauncherSettings read(Installation installation) {
        Settings settings = Settings.read(installation.conf("launcher"));
        LauncherSettings read = new LauncherSettings(settings.number("port-offset", 0), settings.flag("sample", true));
        settings.refuseUnknownKeys();
        return read;
    }

    int port(Port port) {
        return port.at(portOffset);
    }
}
