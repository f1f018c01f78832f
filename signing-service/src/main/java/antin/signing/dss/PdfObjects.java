package antin.signing.dss;

import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import eu.europa.esig.dss.alert.SilentOnStatusAlert;
import eu.europa.esig.dss.pdf.AbstractPdfObjFactory;
import eu.europa.esig.dss.pdf.PDFServiceMode;
import eu.europa.esig.dss.pdf.PDFSignatureService;
import eu.europa.esig.dss.pdf.PdfDocumentReader;
import eu.europa.esig.dss.pdf.PdfMemoryUsageSetting;
import eu.europa.esig.dss.pdf.PdfSignatureFieldPositionChecker;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.modifications.PdfModification;
import eu.europa.esig.dss.pdf.modifications.PdfObjectModifications;
import eu.europa.esig.dss.signature.resources.TempFileResourcesHandlerBuilder;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PDFBox under DSS, for one document: a large one goes through files in the work folder, a small one through memory. */
final class PdfObjects extends AbstractPdfObjFactory {

    static final long LARGE = 8 << 20;
    private static final long IN_MEMORY = 64L << 20;
    static final long LARGEST_SWOLLEN = 512L << 20; // what streams of one document may unpack to

    private final Document document;
    private final TempFileResourcesHandlerBuilder files = new TempFileResourcesHandlerBuilder();
    private final @Nullable WorkResources revisions;
    private @Nullable Boolean encrypted;
    private @Nullable MessageDigest digested;

    PdfObjects(Document document, WorkFolder folder) {
        this(document, folder, null);
    }

    /** @param encrypted whether any revision may be; null where that is not known yet */
    PdfObjects(Document document, WorkFolder folder, @Nullable Boolean encrypted) {
        this.document = document;
        this.encrypted = encrypted;
        if (document.size() > LARGE) {
            files.setTempFileDirectory(folder.path().toFile());
            setResourcesHandlerBuilder(files);
            setPdfMemoryUsageSetting(PdfMemoryUsageSetting.fileOnly(LARGEST_SWOLLEN));
            revisions = new WorkResources(folder);
        } else {
            revisions = null;
            setResourcesHandlerBuilder(MemoryResources::new);
            setPdfMemoryUsageSetting(PdfMemoryUsageSetting.mixed(IN_MEMORY, LARGEST_SWOLLEN));
        }
        setPdfDifferencesFinder(new LeftToUs());
        setPdfObjectModificationsFinder((signed, later) -> new PdfObjectModifications());
        setPdfPermissionsChecker(new PdfRules());
        // Decree 30/2020/NĐ-CP, Annex I, II.8.a: the agency's seal covers a third of the leader's signature
        PdfSignatureFieldPositionChecker positions = new PdfSignatureFieldPositionChecker();
        positions.setAlertOnSignatureFieldOverlap(new SilentOnStatusAlert());
        setPdfSignatureFieldPositionChecker(positions);
    }

    /** Removes what it left in the work folder. */
    void clear() {
        files.clear();
        if (revisions != null) {
            revisions.clear();
        }
    }

    @Override
    public PDFSignatureService newPAdESSignatureService() {
        return service(PDFServiceMode.SIGNATURE);
    }

    @Override
    public PDFSignatureService newContentTimestampService() {
        return service(PDFServiceMode.CONTENT_TIMESTAMP);
    }

    @Override
    public PDFSignatureService newSignatureTimestampService() {
        return service(PDFServiceMode.SIGNATURE_TIMESTAMP);
    }

    @Override
    public PDFSignatureService newArchiveTimestampService() {
        return service(PDFServiceMode.ARCHIVE_TIMESTAMP);
    }

    private PDFSignatureService service(PDFServiceMode mode) {
        return configure(new PdfValueInPlace(mode, this));
    }

    /** Where earlier revisions of a large document lie while they are read; null for a small one's, which are read in memory. */
    @Nullable WorkResources revisions() {
        return revisions;
    }

    /** The digest of the document as it was sent, to go on from, once; null where none was kept. */
    @Nullable MessageDigest takeDigested() {
        MessageDigest taken = digested;
        digested = null;
        return taken;
    }

    /** @param state after all of the document that was sent, which is the first that is signed; remembered as it is now */
    void keep(MessageDigest state) {
        if (digested != null) {
            return;
        }
        try {
            digested = (MessageDigest) state.clone();
        } catch (CloneNotSupportedException e) {
            digested = null; // it is computed again where it is needed
        }
    }

    /** Whether any revision may be encrypted, so that each is weighed again as what it is by itself. */
    boolean isEncrypted() {
        if (encrypted == null) {
            encrypted = UntrustedPdf.isEncrypted(document);
        }
        return encrypted;
    }

    /** DSS warns of differences between revisions; {@link PdfVerdicts} finds more of them, and refuses. Nothing is drawn: fonts and pictures of a stranger's would run through a renderer. */
    private static final class LeftToUs extends DefaultPdfDifferencesFinder {

        @Override
        public List<PdfModification> getAnnotationOverlaps(PdfDocumentReader reader) {
            return List.of();
        }

        @Override
        public List<PdfModification> getPagesDifferences(PdfDocumentReader signed, PdfDocumentReader later) {
            return List.of();
        }

        @Override
        public List<PdfModification> getVisualDifferences(PdfDocumentReader signed, PdfDocumentReader later) {
            return List.of();
        }
    }
}
