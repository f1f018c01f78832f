package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.EtsiReport;
import antin.signing.signature.InMemory;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import eu.europa.esig.dss.enumerations.MimeTypeEnum;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.BiFunction;

/** ETSI EN 319 102-1 with {@link Policy}, and what {@link Strictness} adds: our roots, status from our services or from what the document brings. */
public final class DssValidation implements Validation {

    private final Trust trust;
    private final WorkFolder folder;

    public DssValidation(Trust trust, WorkFolder folder) {
        this.trust = trust;
        this.folder = folder;
    }

    @Override
    public ValidationReport validate(Document untrusted, List<Document> originals) {
        DocumentKind kind = kind(untrusted, originals);
        return kind.refused(untrusted).orElseGet(() -> validate(kind, untrusted, originals, false, (report, reports) -> report));
    }

    @Override
    public EtsiReport validateForPrograms(Document untrusted, List<Document> originals) {
        DocumentKind kind = kind(untrusted, originals);
        return kind.refused(untrusted).map(report -> new EtsiReport(report, EtsiXml.of(report)))
            .orElseGet(() -> validate(kind, untrusted, originals, true, (report, reports) -> new EtsiReport(report, EtsiXml.of(reports.getEtsiValidationReportJaxb(), report))));
    }

    private static DocumentKind kind(Document untrusted, List<Document> originals) {
        // Step 2 of docs/journeys/4-validate.md: what is it?
        DocumentKind kind = DocumentKind.of(untrusted)
            .orElseThrow(() -> new Problem(Kind.MALFORMED_DOCUMENT, "The document is none of PDF, XML, CMS, JSON and ZIP container."));
        if (kind != DocumentKind.PDF && kind != DocumentKind.CONTAINER) {
            InMemory.check(untrusted, "A signed document that is no PDF and no container");
        }
        kind.check(untrusted);
        for (Document original : originals) {
            if (kind == DocumentKind.JWS || kind == DocumentKind.XML && DocumentKind.XML.is(original)) { // base64 of all of it, or a tree
                InMemory.check(original, "An original of such a signature");
            }
        }
        return kind;
    }

    /** @param answer made of our report, which is what counts, and of the library's */
    private <T> T validate(DocumentKind kind, Document untrusted, List<Document> originals, boolean forPrograms, BiFunction<ValidationReport, Reports, T> answer) {
        WorkResources resources = new WorkResources(folder);
        PdfObjects objects = new PdfObjects(untrusted, folder);
        try {
            // Step 3: each signature, its chain, its status, its time stamps
            return resources.during(() -> Guard.reading(() -> {
                SignedDocumentValidator validator = kind.validator(dss(untrusted));
                if (validator instanceof PDFDocumentValidator pdf) {
                    pdf.setPdfObjFactory(objects);
                    if (untrusted.password() != null) {
                        pdf.setPasswordProtection(untrusted.password().secret().toCharArray());
                    }
                }
                validator.setCertificateVerifier(trust.verifier());
                validator.setDetachedContents(originals.stream().map(kind == DocumentKind.CMS ? DigestOnly::ofLarge : DssValidation::dss).toList());
                validator.setEnableEtsiValidationReport(forPrograms);
                Reports reports = validator.validateDocument(Policy.ours());
                PdfVerdicts strict = kind == DocumentKind.PDF ? new PdfVerdicts(untrusted, reports.getDiagnosticData()) : null;
                ValidationReport report = Report.of(reports, trust, strict, kind == DocumentKind.CONTAINER || !originals.isEmpty());
                return answer.apply(Strictness.applied(report, reports, validator.getSignatures(), kind, untrusted), reports);
            }));
        } finally {
            objects.clear();
            resources.clear();
        }
    }

    /** As DSS reads it, a large one from its file; or as its owner says that its digest is. */
    static DSSDocument dss(Document document) {
        if (document.digestAlgorithm() != null) {
            return DigestOnly.dss(document, document.digestAlgorithm());
        }
        if (document.size() <= PdfObjects.LARGE) {
            try {
                return new InMemoryDocument(Files.readAllBytes(document.file()), document.name(), MimeTypeEnum.BINARY);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        FileDocument file = new FileDocument(document.file().toFile());
        file.setName(document.name());
        return file;
    }
}
