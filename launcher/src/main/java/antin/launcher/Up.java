package antin.launcher;

import antin.kernel.config.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Brings everything up: prepares what is missing, starts what does not run, and waits until all can serve. Safe to repeat. */
final class Up {

    private static final long NEEDED_BYTES = 1_500L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration STOP = Duration.ofSeconds(20);
    /** They need PostgreSQL and the directory. */
    private static final List<String> ON_ALL = List.of("ca", "backbone", "signing-service", "mail-server");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

    private final Installation installation;
    private final Map<String, String> environment;
    private final Console console;

    Up(Installation installation, Map<String, String> environment, Console console) {
        this.installation = installation;
        this.environment = environment;
        this.console = console;
    }

    /** Returns when all is ready. */
    LauncherSettings run() throws Exception {
        prepareFolder();
        try (FileChannel file = FileChannel.open(installation.home().resolve("run/up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock unused = lock(file)) {
            OneShot.endLeftOver(installation);
            removeOlderPrograms();
            LauncherSettings settings = configure();
            refusePortsThatAreTaken(settings);
            refuseToListenBeyondLoopback(settings);
            bringUp(settings);
            return settings;
        }
    }

    private void prepareFolder() throws IOException {
        Path home = installation.home();
        boolean first = !Files.exists(installation.conf("launcher"));
        if (Files.exists(home) && !Files.isDirectory(home)) {
            throw Refusal.of("The state folder " + home + " is a file. Remove it or name another folder with ANTIN_HOME.");
        }
        Folders.createPrivate(home);
        if (!Files.isWritable(home)) {
            throw new AccessDeniedException(home.toString());
        }
        if (first && Files.getFileStore(home).getUsableSpace() < NEEDED_BYTES) {
            throw Refusal.of("The disk that holds " + home + " has less than 1.5 GB free. Free some space or name another folder with ANTIN_HOME, and run ./antin up again.");
        }
        Folders.createPrivate(home.resolve("run"));
        Folders.createPrivate(home.resolve("log"));
    }

    private FileLock lock(FileChannel file) throws IOException {
        FileLock lock = file.tryLock();
        if (lock == null) {
            throw Refusal.of("Another ./antin up is at work in " + installation.home() + ". Wait for it.");
        }
        return lock;
    }

    /** Staged programs of earlier builds and their class data, unless something still runs from them. */
    private void removeOlderPrograms() throws IOException {
        Path staged = installation.home().resolve("app");
        if (!Files.isDirectory(staged) || !Files.exists(installation.conf("launcher"))
                || new Processes(installation, LauncherSettings.read(installation)).anyRuns()) {
            return;
        }
        delete(staged, build -> !build.equals(installation.app()));
        delete(installation.classData(), archive -> !archive.getFileName().toString().endsWith(installation.classDataOfBuild()));
    }

    private static void delete(Path folder, Predicate<Path> older) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path each : all.filter(older).toList()) {
                Folders.delete(each);
            }
        }
    }

    private LauncherSettings configure() throws IOException {
        Optional<Integer> offset = offset();
        boolean sample = !"off".equals(environment.get("ANTIN_SAMPLE"));
        ConfigurationFiles.create(installation, new LauncherSettings(offset.orElse(0), sample, KeyDevice.named(environment)));
        LauncherSettings settings = LauncherSettings.read(installation);
        if (offset.isPresent() && offset.get() != settings.portOffset()) {
            throw Refusal.of("This state folder was made with ANTIN_PORT_OFFSET=" + settings.portOffset() + ", which its certificates and addresses hold. "
                + "Unset ANTIN_PORT_OFFSET, or name another folder with ANTIN_HOME.");
        }
        return settings;
    }

    private Optional<Integer> offset() {
        String text = environment.getOrDefault("ANTIN_PORT_OFFSET", "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            int offset = Integer.parseInt(text);
            if (Port.isUsable(offset)) {
                return Optional.of(offset);
            }
        } catch (NumberFormatException e) {
            throw Refusal.of("ANTIN_PORT_OFFSET must be a whole number such as 10000, and is \"" + text + "\".", e);
        }
        throw Refusal.of("ANTIN_PORT_OFFSET=" + text + " moves ports out of 1024 to 65535. Choose 10000 or 20000.");
    }

    private void refusePortsThatAreTaken(LauncherSettings settings) {
        for (Processes.Entry entry : new Processes(installation, settings).inStartOrder()) {
            if (entry.daemon().running().isPresent()) {
                continue;
            }
            for (Port port : Port.of(entry.daemon().name())) {
                if (!Probe.isFree(settings.port(port))) {
                    throw Refusal.of("Port " + settings.port(port) + " (" + port.use + " of " + entry.daemon().name()
                        + ") is taken by another program. Stop that program, or choose other ports: ANTIN_PORT_OFFSET=10000 ANTIN_HOME=another-folder ./antin up");
                }
            }
        }
    }

    private void refuseToListenBeyondLoopback(LauncherSettings settings) {
        if (!settings.sample()) {
            return;
        }
        for (String process : List.of("backbone", "mail-server")) {
            String listen = Settings.read(installation.conf(process)).text("listen", "127.0.0.1");
            if (!LOOPBACK.contains(listen)) {
                throw Refusal.of(installation.conf(process) + " listens on " + listen + ", beyond loopback, while the sample city with its known people exists. "
                    + "Set listen=127.0.0.1, or make an installation without it: ANTIN_SAMPLE=off ANTIN_HOME=another-folder ./antin up");
            }
        }
    }

    private void bringUp(LauncherSettings settings) throws Exception {
        Postgres postgres = new Postgres(installation, settings.port(Port.POSTGRESQL));
        Databases databases = new Databases(installation, settings.port(Port.POSTGRESQL));
        DirectoryServer directory = new DirectoryServer(installation, settings);
        CertificationAuthority ca = new CertificationAuthority(installation);
        Processes processes = new Processes(installation, settings);

        Secrets.create(installation);
        settings.device().ifPresent(device -> device.prepare(installation, settings.sample()));
        if (!ca.isComplete()) {
            processes.named("ca").daemon().stop(STOP); // it signs in the same audit log, and starts again below
            console.step("keys and certificates", ca::bootstrap);
        }
        if (!postgres.isInitialised()) {
            console.step("PostgreSQL: unpack", postgres::unpack);
            console.step("PostgreSQL: initialise", postgres::initialise);
        }
        if (!directory.isSetUp()) {
            console.step(directory.exists() ? "directory: bring it up to date" : "directory: set up" + (settings.sample() ? ", with the sample city" : ""), directory::setUp);
        }
        Processes.Entry database = processes.named("postgresql");
        Processes.Entry people = processes.named("directory");
        startUnlessRunning(database);
        startUnlessRunning(people);
        console.step("PostgreSQL: ready", () -> awaitReady(database));
        databases.create();
        startUnlessRunning(processes.named("ca"));
        console.step("directory: ready", () -> awaitReady(people));
        for (String process : ON_ALL) {
            startUnlessRunning(processes.named(process)); // each waits for those it needs
        }
        for (String process : ON_ALL) {
            console.step(process + ": ready", () -> awaitReady(processes.named(process)));
        }
    }

    private static void startUnlessRunning(Processes.Entry entry) throws IOException, InterruptedException {
        if (entry.daemon().running().isEmpty()) {
            entry.start().start();
        }
    }

    /**
     * One that was seen running may have been killed a moment ago and is gone now: it is started. PostgreSQL refuses to start
     * while children of a killed one still end: it is tried again.
     */
    private void awaitReady(Processes.Entry entry) throws IOException, InterruptedException {
        String name = entry.daemon().name();
        Instant end = Instant.now().plus(PATIENCE);
        int tries = name.equals("postgresql") ? 5 : 1;
        while (!entry.ready().isReady()) {
            if (entry.daemon().running().isEmpty()) {
                if (entry.daemon().timesStarted() >= tries) {
                    throw Refusal.of(LastLines.reason(name, installation.out(name), entry.daemon().awaitExit()));
                }
                Thread.sleep(Duration.ofMillis(500));
                entry.start().start();
            }
            if (Instant.now().isAfter(end)) {
                throw Refusal.of(name + " is not ready after " + PATIENCE.toSeconds() + " s" + waiting(entry) + ". Its log: " + installation.log(name));
            }
            Thread.sleep(Duration.ofMillis(50));
        }
    }

    private static String waiting(Processes.Entry entry) {
        List<String> away = entry.away().get();
        return away.isEmpty() ? "" : ": it runs, and waits for " + String.join(", ", away);
    }
}
