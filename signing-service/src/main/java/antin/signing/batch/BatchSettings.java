package antin.signing.batch;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.time.Duration;

/**
 * The keys {@code batch-...}.
 *
 * @param mostDocuments of one batch
 * @param largest       octets of one batch, all documents together
 * @param mostAtOnce    batches of one client that have not ended
 * @param workers       documents of batches that are sealed at the same time
 * @param kept          after a batch ended, and its sealed documents with it
 */
public record BatchSettings(int mostDocuments, long largest, int mostAtOnce, int workers, Duration kept) {

    private static final int DOCUMENTS = 10_000;
    private static final int MEBIBYTES = 2_048;
    private static final int AT_ONCE = 20;
    private static final int WORKERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    public static BatchSettings read(Settings file) {
        int mebibytes = file.number("batch-largest-mb", MEBIBYTES);
        BatchSettings settings = new BatchSettings(file.number("batch-most-documents", DOCUMENTS), (long) mebibytes << 20, file.number("batch-most-at-once", AT_ONCE),
            file.number("batch-workers", WORKERS), file.duration("batch-kept", Duration.ofDays(7)));
        if (settings.mostDocuments < 1 || settings.mostDocuments > DOCUMENTS || mebibytes < 1 || settings.mostAtOnce < 1 || settings.workers < 1 || settings.kept.isNegative()) {
            throw new Problem(Kind.MISCONFIGURED, "The keys batch-... must be numbers above 0, batch-most-documents " + DOCUMENTS + " at most.");
        }
        return settings;
    }
}
