package antin.signing.dss;

import antin.signing.WorkFolder;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.xades.XAdESSignatureParameters;
import eu.europa.esig.dss.xades.signature.XAdESService;

/** Signatures in XML (ETSI EN 319 132-1). Enveloped ones are for XML documents; enveloping and detached ones for any. */
public final class XadesFormat implements SignatureFormat {

    private final Trust trust;
    private final FinishedDocuments finished;
    private final WorkFolder folder;

    public XadesFormat(Trust trust, DssValidation validation, WorkFolder folder) {
        this.trust = trust;
        this.finished = new FinishedDocuments(validation);
        this.folder = folder;
    }

    @Override
    public String name() {
        return "XAdES";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        if (request.packaging() == Packaging.ENVELOPED || UntrustedXml.begins(request.document())) {
            UntrustedXml.check(request.document());
        }
        XAdESSignatureParameters parameters = new XAdESSignatureParameters();
        parameters.setSignatureLevel(SignatureLevel.valueOf("XAdES_BASELINE_" + request.level()));
        parameters.setSignaturePackaging(SignaturePackaging.valueOf(request.packaging().name()));
        parameters.setSigningCertificateDigestMethod(Trust.digest(request.algorithm()));
        parameters.setTokenReferencesDigestAlgorithm(Trust.digest(request.algorithm()));
        parameters.getSignatureTimestampParameters().setDigestAlgorithm(Trust.digest(request.algorithm()));
        parameters.getArchiveTimestampParameters().setDigestAlgorithm(Trust.digest(request.algorithm()));
        XAdESService service = new XAdESService(trust.verifier());
        service.setTspSource(trust.timeStamps());
        HalfDone.Finish finish = new HalfDone.Finish(FinishedDocuments.signedName(request.document().name(), ".xml"), "application/xml", () -> { });
        return new HalfDone<>(request, service, parameters, finish, finished, trust, folder);
    }
}
