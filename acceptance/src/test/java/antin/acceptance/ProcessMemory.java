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
import java.util.function.ToLongFunction;

/** Heap and resident memory of one process, looked at each second. The least heap of a while is what lives after collections. */
final class ProcessMemory implements AutoCloseable {

    /** In octets. */
    private record Sample(long heap, long resident) {
    }

    private final List<Sample> samples = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metrics;
    private final Path status;

    ProcessMemory(Antin antin, String process, int managementPort) throws IOException {
        this.metrics = URI.create("http://localhost:" + antin.port(managementPort) + "/metrics");
        this.status = Path.of("/proc", Files.readString(antin.home().resolve("run").resolve(process + ".pid")).split(" ", -1)[0], "status");
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** The larger of two ratios, each of the last quarter over the second one: of the least heap, and of the most resident memory. */
    double growth() {
        return Math.max((double) least(3) / least(1), (double) most(3) / most(1));
    }

    @Override
    public void close() {
        clock.shutdownNow();
        http.shutdownNow();
    }

    @Override
    public String toString() {
        return samples.size() < 4 ? "-" : "heap after collections %,d then %,d MB, resident %,d then %,d MB".formatted(least(1) >> 20, least(3) >> 20, most(1) >> 20, most(3) >> 20);
    }

    private long least(int quarter) {
        return of(quarter, Sample::heap).stream().min(Long::compare).orElseThrow();
    }

    private long most(int quarter) {
        return of(quarter, Sample::resident).stream().max(Long::compare).orElseThrow();
    }

    private List<Long> of(int quarter, ToLongFunction<Sample> what) {
        List<Sample> all = List.copyOf(samples);
        return all.subList(all.size() * quarter / 4, Math.max(all.size() * quarter / 4 + 1, all.size() * (quarter + 1) / 4)).stream().map(what::applyAsLong).toList();
    }

    private void look() {
        try {
            long heap = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body().lines()
                .filter(line -> line.startsWith("jvm_memory_used_bytes{") && line.contains("area=\"heap\"")).mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ')))).sum();
            long resident = Files.readAllLines(status).stream().filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).sum();
            samples.add(new Sample(heap, resident));
        } catch (IOException e) {
            System.out.println("No look at the memory: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
