package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.Particulars;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import eu.europa.esig.dss.enumerations.CertificationPermission;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import java.nio.ByteBuffer;
import java.util.List;

/** Signatures inside a PDF (ETSI EN 319 142-1). */
public final class PadesFormat implements SignatureFormat {

    /** Room for CMS with a time stamp, certificates of several authorities and RSA-4096; it doubles in the file. */
    private static final int ROOM_WITH_TIME_STAMP = 20 * 1024;

    private final Pipeline pipeline;

    public PadesFormat(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return "PAdES";
    }

    @Override
    public List<Packaging> packagings() {
        return List.of(Packaging.ENVELOPED);
    }

    @Override
    public String mediaType(Packaging packaging) {
        return "application/pdf";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        if (request.document().isDigestOnly()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "A PDF's signature lies in the PDF and needs the document. Over a digest sign with CAdES, XAdES or JAdES, detached; "
                + "or prepare the PDF where it is and sign its /ByteRange there.");
        }
        DSSDocument document = DssValidation.dss(request.document());
        boolean encrypted = document instanceof InMemoryDocument memory ? UntrustedPdf.check(request.document(), ByteBuffer.wrap(memory.getBytes())) : UntrustedPdf.check(request.document());
        PAdESSignatureParameters parameters = parameters(request.document(), request.level());
        place(request.document(), request.particulars(), parameters);
        parameters.setReason(request.reason());
        parameters.setLocation(request.location());
        PdfObjects objects = new PdfObjects(request.document(), pipeline.folder(), encrypted);
        Finish finish = new Finish(Finish.signedName(request.document().name(), ".pdf"), mediaType(request.packaging()), false, objects::clear, made -> FinishedPdf.isCertain(pipeline, objects, made));
        return pipeline.prepare(request, document, service(objects), parameters, finish);
    }

    @Override
    public SignedDocument extend(Document document, List<Document> originals, SignatureLevel level) {
        PdfObjects objects = new PdfObjects(document, pipeline.folder());
        return pipeline.extend(document, originals, service(objects), parameters(document, level),
            new Finish(document.name(), mediaType(Packaging.ENVELOPED), false, objects::clear, made -> false));
    }

    /** The document is looked into before only where it must be: reading it takes as long as signing it. */
    private static void place(Document document, Particulars particulars, PAdESSignatureParameters parameters) {
        if (particulars.equals(Particulars.NONE)) {
            return;
        }
        PdfPlace place = Guard.reading(() -> PdfPlace.find(document, particulars));
        if (particulars.layout() != null) {
            parameters.setImageParameters(VisibleSignature.of(particulars.layout(), place));
        }
        parameters.getImageParameters().getFieldParameters().setFieldId(particulars.field());
        if (particulars.certify() != null) {
            parameters.setPermission(switch (particulars.certify()) {
                case NO_CHANGES -> CertificationPermission.NO_CHANGE_PERMITTED;
                case FORM_FILLING -> CertificationPermission.MINIMAL_CHANGES_PERMITTED;
                case ANNOTATIONS -> CertificationPermission.CHANGES_PERMITTED;
            });
        }
    }

    private PAdESService service(PdfObjects objects) {
        return new PadesService(pipeline, objects);
    }

    private static PAdESSignatureParameters parameters(Document document, SignatureLevel level) {
        PAdESSignatureParameters parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.valueOf("PAdES_BASELINE_" + level));
        if (document.password() != null) {
            parameters.setPasswordProtection(document.password().secret().toCharArray());
        }
        if (level.needsTimeStamp()) {
            parameters.setContentSize(ROOM_WITH_TIME_STAMP);
            parameters.getArchiveTimestampParameters().setContentSize(ROOM_WITH_TIME_STAMP);
        }
        return parameters;
    }
}
