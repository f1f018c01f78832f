package antin.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The processes in the order in which they start; they stop in the reverse order. */
final class Processes {

    /** A process, how to start it, and how to know that it can serve. */
    record Entry(Daemon daemon, String title, Start start, Check ready, Supplier<List<String>> away) {

        /** One that does not say what it waits for. */
        Entry(Daemon daemon, String title, Start start, Check ready) {
            this(daemon, title, start, ready, List::of);
        }
    }

    interface Start {
        void start() throws IOException, InterruptedException;
    }

    interface Check {
        boolean isReady();
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final List<List<String>> STOP_ORDER = List.of(List.of("mail-server", "signing-service"), List.of("backbone"),
        List.of("ca", "directory"), List.of("postgresql"));

    private final List<Entry> entries;

    Processes(Installation installation, LauncherSettings settings) {
        Postgres postgres = new Postgres(installation, settings.port(Port.POSTGRESQL));
        Databases databases = new Databases(installation, settings.port(Port.POSTGRESQL));
        DirectoryServer directory = new DirectoryServer(installation, settings);
        entries = List.of(
            new Entry(postgres.daemon(), "PostgreSQL", postgres::start, databases::answers),
            new Entry(directory.daemon(), "directory (OpenDJ)", directory::start, directory::answers),
            java(installation, "ca (certificates)", JavaProgram.CA, settings.port(Port.CA_MANAGEMENT), CertificationAuthority.environment(installation)),
            java(installation, "backbone (login, pages)", JavaProgram.BACKBONE, settings.port(Port.BACKBONE_MANAGEMENT), Map.of()),
            java(installation, "signing-service", JavaProgram.SIGNING_SERVICE, settings.port(Port.SIGNING_MANAGEMENT),
                settings.device().map(device -> device.environment(installation)).orElse(Map.of())),
            java(installation, "mail-server (James)", JavaProgram.MAIL_SERVER, settings.port(Port.MAIL_MANAGEMENT), Map.of()));
    }

    List<Entry> inStartOrder() {
        return entries;
    }

    boolean anyRuns() {
        return entries.stream().anyMatch(entry -> entry.daemon().running().isPresent());
    }

    Entry named(String name) {
        return entries.stream().filter(entry -> entry.daemon().name().equals(name)).findFirst().orElseThrow();
    }

    /** Stops all that run: those at once that do without each other, and nobody before who needs them. */
    void stopAll(Console console) throws Exception {
        for (List<String> together : STOP_ORDER) {
            List<Entry> running = together.stream().map(this::named).filter(entry -> entry.daemon().running().isPresent()).toList();
            if (!running.isEmpty()) {
                console.step("stop " + running.stream().map(Entry::title).collect(Collectors.joining(", ")), () -> stop(running));
            }
            for (String name : together) {
                named(name).daemon().stop(PATIENCE); // forgets those that died
            }
        }
    }

    private static void stop(List<Entry> running) throws Exception {
        List<Future<?>> stops = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Entry entry : running) {
                stops.add(threads.submit(() -> {
                    entry.daemon().stop(PATIENCE);
                    return null;
                }));
            }
        }
        for (Future<?> stop : stops) {
            stop.get();
        }
    }

    private static Entry java(Installation installation, String title, JavaProgram program, int managementPort, Map<String, String> environment) {
        Daemon daemon = new Daemon(program.process(), installation, "TERM");
        return new Entry(daemon, title, () -> daemon.start(program.daemon(installation, List.of(installation.conf(program.process()).toString())),
            installation.home(), environment), () -> Probe.isReady(managementPort), () -> Probe.away(managementPort));
    }
}
