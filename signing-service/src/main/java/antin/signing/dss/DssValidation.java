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
import eu.europa.esig.dss.xades.validation.XMLDocumentValidator;
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
        boolean pdf = UntrustedPdf.begins(untrusted);
        if (!pdf && !UntrustedXml.begins(untrusted)) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is neither PDF nor XML.");
        }
        if (pdf) {
            UntrustedPdf.check(untrusted);
        } else {
            UntrustedXml.check(untrusted);
        }
        PdfObjects objects = new PdfObjects(untrusted.size(), folder);
        try {
            // Step 3: each signature, its chain, its status, its time stamps
            return Guard.reading(() -> {
                SignedDocumentValidator validator = pdf ? pdf(untrusted, objects) : new XMLDocumentValidator(dss(untrusted));
                validator.setCertificateVerifier(trust.verifier());
                validator.setDetachedContents(originals.stream().map(DssValidation::dss).toList());
                validator.setEnableEtsiValidationReport(false);
                Reports reports = validator.validateDocument();
                return Report.of(reports.getSimpleReport(), reports.getDiagnosticData());
            });
        } finally {
            objects.clear();
        }
    }

    private static PDFDocumentValidator pdf(Document document, PdfObjects objects) {
        PDFDocumentValidator validator = new PDFDocumentValidator(dss(document));
        validator.setPdfObjFactory(objects);
        return validator;
    }

    /** As DSS reads it, from its file. */
    static DSSDocument dss(Document document) {
        FileDocument file = new FileDocument(document.file().toFile());
        file.setName(document.name());
        return file;
    }
}
