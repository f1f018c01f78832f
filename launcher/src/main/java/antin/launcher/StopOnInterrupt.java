package antin.launcher;

/** Ctrl-C, or a SIGTERM, on a launcher that is at work stops everything, last started first. */
final class StopOnInterrupt implements AutoCloseable {

    private final Installation installation;
    private final Console console;
    private final Thread hook = new Thread(this::stopAll, "stop");

    StopOnInterrupt(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From here on the processes outlive the launcher. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is stopping: the hook runs already
        }
    }

    private void stopAll() {
        try {
            console.say("");
            OneShot.endLeftOver(installation);
            new Processes(installation, LauncherSettings.read(installation)).stopAll(console);
        } catch (Exception e) {
            console.say("antin: " + Refusal.sentence(e, installation.home()));
        }
    }
}
