package antin.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What lives in one process's heap when all that is dead was collected, looked at when told, and its resident memory, looked at each second. */
final class ProcessMemory implements AutoCloseable {

    private final List<Long> resident = new CopyOnWriteArrayList<>();
    private final List<Long> live = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private final String number;

    ProcessMemory(Antin antin, String process, int managementPort) throws IOException {
        this.metrics = URI.create("http://localhost:" + antin.port(managementPort) + "/metrics");
        this.number = Files.readString(antin.home().resolve("run").resolve(process + ".pid")).split(" ", -1)[0];
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** Has the whole heap collected: by itself the JVM does it only when no room is left, and until then what died counts with what lives. */
    void collect() throws IOException, InterruptedException {
        Tool.run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), number, "GC.run").succeeds();
        live.add(http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body().lines()
            .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\"")).mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum());
    }

    /** The larger of two ratios: of the last collected heap over the first one, and of the most resident memory in the last quarter over the second one. */
    double growth() {
        return Math.max((double) live.getLast() / live.getFirst(), (double) most(3) / most(1));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.shutdownNow();
    }

    @Override
    public String toString() {
        return resident.size() < 4 ? "-" : "heap %s MB when collected, resident %,d then %,d MB".formatted(live.stream().map(octets -> octets >> 20).toList(), most(1) >> 20, most(3) >> 20);
    }

    private long most(int quarter) {
        List<Long> all = List.copyOf(resident);
        return all.subList(all.size() * quarter / 4, Math.max(all.size() * quarter / 4 + 1, all.size() * (quarter + 1) / 4)).stream().max(Long::compare).orElseThrow();
    }

    private void look() {
        try {
            resident.add(Files.readAllLines(Path.of("/proc", number, "status")).stream().filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).sum());
        } catch (IOException e) {
            System.out.println("No look at the memory: " + e);
        }
    }
}
