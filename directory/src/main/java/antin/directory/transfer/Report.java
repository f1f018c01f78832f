package antin.directory.transfer;

import antin.directory.Refusal.Reason;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.Reader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Properties;

/** What an import leaves for people to read: every problem as CSV, and the records that were not taken as they were, ready to be mended and imported again. */
final class Report {

    private static final Properties VIETNAMESE = vietnamese();

    private final Job job;

    Report(Job job) {
        this.job = job;
    }

    void write(Source source) throws IOException, InterruptedException {
        try (Writer out = Files.newBufferedWriter(job.report())) {
            out.write(Csv.line(List.of("line", "column", "field", "value", "reason", "vi", "en")));
            for (LineProblem problem : job.tally().problems(Integer.MAX_VALUE)) {
                out.write(Csv.line(List.of(Integer.toString(problem.line()), Integer.toString(problem.column()), problem.field(), Csv.harmless(problem.value()), problem.reason().word(),
                    vietnamese(problem.reason()), problem.reason().sentence())));
            }
        }
        if (job.tally().count(Outcome.Kind.REFUSED) == 0) {
            Files.deleteIfExists(job.setAside());
            return;
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(job.setAside())); RandomAccessFile in = new RandomAccessFile(job.input().toFile(), "r")) {
            out.write(source.head());
            int[] last = {0};
            source.read(entry -> {
                if (entry.line() != last[0] && job.tally().isRefused(entry.line())) {
                    copy(in, entry, out, job.isLdif());
                    last[0] = entry.line();
                }
            });
        }
    }

    static String vietnamese(Reason reason) {
        return VIETNAMESE.getProperty(reason.word(), reason.sentence());
    }

    private static void copy(RandomAccessFile in, Entry entry, OutputStream out, boolean ldif) throws IOException {
        byte[] bytes = new byte[(int) (entry.to() - entry.from())];
        in.seek(entry.from());
        in.readFully(bytes);
        out.write(bytes);
        if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
            out.write('\n');
        }
        if (ldif) {
            out.write('\n');
        }
    }

    private static Properties vietnamese() {
        Properties properties = new Properties();
        try (InputStream in = Report.class.getResourceAsStream("reasons_vi.properties")) {
            if (in == null) {
                throw new IllegalStateException("The jar lacks reasons_vi.properties");
            }
            Reader text = new InputStreamReader(in, StandardCharsets.UTF_8);
            properties.load(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
