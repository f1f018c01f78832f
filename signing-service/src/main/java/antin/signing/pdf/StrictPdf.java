package antin.signing.pdf;

import antin.signing.signature.SignedContent.Revision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.jspecify.annotations.Nullable;

/**
 * Holds what was put behind a signature to what may be: validation data, time stamps, further signatures, and what the document's author left open (ETSI EN 319 142-1, 5.5 and 5.6; ISO 32000-2, 12.8.2). Whatever else
 * differs between the signed revision and the document as it is makes the signature invalid. Objects are compared, and no page is drawn.
 */
public final class StrictPdf implements AutoCloseable {

    /** Opens a revision by its octets. */
    @FunctionalInterface
    public interface Revisions {
        PDDocument open(ByteBuffer revision) throws IOException;
    }

    /**
     * What was found of one signature.
     *
     * @param against empty where nothing speaks against it
     * @param changed whether something was signed or filled in later; validation data and time stamps are no change
     */
    public record Verdict(Set<PdfFinding> against, boolean changed) {

        static Verdict of(PdfFinding one) {
            return new Verdict(EnumSet.of(one), true);
        }
    }

    private final ByteBuffer pdf;
    private final Revisions revisions;
    private final Set<Long> ends;
    private @Nullable PDDocument later;

    /**
     * @param pdf    the whole document
     * @param ranges of all signatures and document time stamps that are looked at
     */
    public StrictPdf(ByteBuffer pdf, Revisions revisions, List<SignedRange> ranges) {
        this.pdf = pdf;
        this.revisions = revisions;
        this.ends = ranges.stream().map(SignedRange::end).collect(Collectors.toSet());
    }

    /** Whether a document is what it was up to {@code before}, with one revision more that takes nothing away, all of it under {@code range}. */
    public static boolean addsOneRevision(ByteBuffer pdf, long before, SignedRange range) {
        return range.gap() > before && range.isWhole(pdf) && PdfUpdates.isEnd(pdf, range.end()) && PdfUpdates.after(pdf, before).filter(Set::isEmpty).isPresent();
    }

    public Verdict check(SignedRange range) throws IOException {
        if (!range.isWhole(pdf)) {
            return Verdict.of(PdfFinding.BYTE_RANGE_FORGED);
        }
        if (PdfUpdates.isEnd(pdf, range.end())) {
            return new Verdict(Set.of(), false);
        }
        Optional<Set<Long>> freed = PdfUpdates.after(pdf, range.end());
        if (freed.isEmpty()) {
            return Verdict.of(PdfFinding.CONTENT_OUTSIDE_SIGNATURE);
        }
        try (PDDocument signed = revisions.open(pdf.slice(0, (int) range.end()))) {
            return new PdfChanges(signed, later(), range, ends).compare(freed.get());
        }
    }

    /** Which of the revisions it is over; empty where its range is none of a revision's. */
    public Optional<Revision> revision(SignedRange range) {
        if (!range.isWhole(pdf)) {
            return Optional.empty();
        }
        List<Long> known = ends.stream().filter(end -> end <= pdf.limit()).sorted().toList();
        int later = PdfUpdates.isEnd(pdf, known.getLast()) ? 0 : 1;
        return Optional.of(new Revision(known.indexOf(range.end()) + 1, known.size() + later, range.end() - range.after() + range.gap(), pdf.limit()));
    }

    @Override
    public void close() throws IOException {
        if (later != null) {
            later.close();
        }
    }

    /** The document as it is now, opened once for all its signatures. */
    private PDDocument later() throws IOException {
        if (later == null) {
            later = revisions.open(pdf.slice());
        }
        return later;
    }
}
