package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;

/** Signatures inside a PDF (ETSI EN 319 142-1). */
public final class PadesFormat implements SignatureFormat {

    /** Room for CMS with a time stamp, certificates of several authorities and RSA-4096; it doubles in the file. */
    private static final int ROOM_WITH_TIME_STAMP = 20 * 1024;

    private final Trust trust;
    private final FinishedDocuments finished;
    private final WorkFolder folder;

    public PadesFormat(Trust trust, DssValidation validation, WorkFolder folder) {
        this.trust = trust;
        this.finished = new FinishedDocuments(validation);
        this.folder = folder;
    }

    @Override
    public String name() {
        return "PAdES";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        if (request.packaging() != Packaging.ENVELOPED) {
            throw new Problem(Kind.MALFORMED_REQUEST, "PAdES signatures are always enveloped.");
        }
        UntrustedPdf.check(request.document());
        PAdESSignatureParameters parameters = new PAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.valueOf("PAdES_BASELINE_" + request.level()));
        parameters.getSignatureTimestampParameters().setDigestAlgorithm(Trust.digest(request.algorithm()));
        parameters.getArchiveTimestampParameters().setDigestAlgorithm(Trust.digest(request.algorithm()));
        parameters.setReason(request.reason());
        parameters.setLocation(request.location());
        if (request.level().needsTimeStamp()) {
            parameters.setContentSize(ROOM_WITH_TIME_STAMP);
            parameters.getArchiveTimestampParameters().setContentSize(ROOM_WITH_TIME_STAMP);
        }
        PdfObjects objects = new PdfObjects(request.document().size(), folder);
        PAdESService service = new PAdESService(trust.verifier());
        service.setTspSource(trust.timeStamps());
        service.setPdfObjFactory(objects);
        HalfDone.Finish finish = new HalfDone.Finish(FinishedDocuments.signedName(request.document().name(), ".pdf"), "application/pdf", objects::clear);
        return new HalfDone<>(request, service, parameters, finish, finished, trust, folder);
    }
}
