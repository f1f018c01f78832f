package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.util.List;

/** ETSI EN 319 102-1 with DSS's default policy: our roots, status from our services or from what the document brings. */
public final class DssValidation implements Validation {

    private final Trust trust;
    private final WorkFolder folder;

    public DssValidation(Trust trust, WorkFolder folder) {
        this.trust = trust;
        this.folder = folder;
    }

    @Override
    public ValidationReport validate(Document untrusted, List<Document> originals) {
        // Step 2 of docs/journeys/4-validate.md: what is it?
        DocumentKind kind = DocumentKind.of(untrusted)
            .orElseThrow(() -> new Problem(Kind.MALFORMED_DOCUMENT, "The document is none of PDF, XML, CMS, JSON and ZIP container."));
        kind.check(untrusted);
        PdfObjects objects = new PdfObjects(untrusted.size(), folder);
        try {
            // Step 3: each signature, its chain, its status, its time stamps
            return Guard.reading(() -> {
                SignedDocumentValidator validator = kind.validator(dss(untrusted));
                if (validator instanceof PDFDocumentValidator pdf) {
                    pdf.setPdfObjFactory(objects);
                }
                validator.setCertificateVerifier(trust.verifier());
                validator.setDetachedContents(originals.stream().map(DssValidation::dss).toList());
                validator.setEnableEtsiValidationReport(false);
                Reports reports = validator.validateDocument();
                return Report.of(reports.getSimpleReport(), reports.getDiagnosticData(), trust);
            });
        } finally {
            objects.clear();
        }
    }

    /** As DSS reads it, from its file. */
    static DSSDocument dss(Document document) {
        FileDocument file = new FileDocument(document.file().toFile());
        file.setName(document.name());
        return file;
    }
}
