package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.pdf.PdfFinding;
import antin.signing.pdf.SignedRange;
import antin.signing.pdf.StrictPdf;
import antin.signing.pdf.StrictPdf.Verdict;
import antin.signing.signature.Document;
import antin.signing.signature.SignedContent.Revision;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.MemoryUsageSetting;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;

/** What {@link StrictPdf} says of each signature that DSS found in a PDF. */
final class PdfVerdicts {

    private static final Verdict FORGED = new Verdict(Set.of(PdfFinding.BYTE_RANGE_FORGED), true);

    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<String, Revision> revisions = new HashMap<>();

    PdfVerdicts(Document document, DiagnosticData data) {
        List<SignedRange> ranges = Stream.concat(data.getSignatures().stream().map(SignatureWrapper::getPDFRevision), data.getTimestampList().stream().map(stamp -> stamp.getPDFRevision()))
            .filter(Objects::nonNull).map(PdfVerdicts::range).flatMap(Optional::stream).toList();
        boolean encrypted = UntrustedPdf.isEncrypted(document);
        try (StrictPdf strict = new StrictPdf(FileOctets.of(document.file()), revision -> open(revision, document, encrypted), ranges)) {
            for (SignatureWrapper signature : data.getSignatures()) {
                PDFRevisionWrapper revision = signature.getPDFRevision();
                Optional<SignedRange> range = revision == null ? Optional.empty() : range(revision);
                verdicts.put(signature.getId(), range.isEmpty() ? FORGED : strict.check(range.get()));
                range.flatMap(strict::revision).ifPresent(own -> revisions.put(signature.getId(), own));
            }
        } catch (IOException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The PDF is broken.", e);
        }
    }

    Verdict of(SignatureWrapper signature) {
        return verdicts.getOrDefault(signature.getId(), FORGED);
    }

    Optional<Revision> revision(SignatureWrapper signature) {
        return Optional.ofNullable(revisions.get(signature.getId()));
    }

    private static Optional<SignedRange> range(PDFRevisionWrapper revision) {
        return SignedRange.of(revision.getSignatureByteRange());
    }

    private static PDDocument open(ByteBuffer revision, Document document, boolean encrypted) throws IOException {
        String password = document.password() == null ? "" : document.password().secret();
        if (encrypted) {
            EncryptedPdf.check(new RandomAccessReadBuffer(revision.duplicate()), password);
        }
        return Loader.loadPDF(new RandomAccessReadBuffer(revision), password, MemoryUsageSetting.setupTempFileOnly(PdfObjects.LARGEST_SWOLLEN).streamCache);
    }
}
