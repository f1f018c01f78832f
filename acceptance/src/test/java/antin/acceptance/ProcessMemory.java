package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lives in one process's heap when all that is dead was collected, looked at when told, and its resident memory, looked at each second. */
final class ProcessMemory implements AutoCloseable {

    private static final Pattern TOTAL = Pattern.compile("\\nTotal +\\d+ +(\\d+)");

    private final List<Long> resident = new CopyOnWriteArrayList<>();
    private final List<Long> live = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final String number;

    ProcessMemory(Antin antin, String process) throws IOException {
        this.number = Files.readString(antin.home().resolve("run").resolve(process + ".pid")).split(" ", -1)[0];
        clock.scheduleAtFixedRate(this::look, 0, 1, TimeUnit.SECONDS);
    }

    /** Has the whole heap collected: by itself the JVM does it only when no room is left, and until then what died counts with what lives. */
    void collect() {
        String histogram = Tool.run(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), number, "GC.class_histogram").succeeds().text();
        Matcher total = TOTAL.matcher(histogram);
        assertThat(total.find()).as(histogram).isTrue();
        live.add(Long.parseLong(total.group(1)));
    }

    /** The larger of two ratios: of the last collected heap over the first one, and of the most resident memory in the last quarter over the second one. */
    double growth() {
        return Math.max((double) live.getLast() / live.getFirst(), (double) most(3) / most(1));
    }

    @Override
    public void close() {
        clock.shutdownNow();
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
