package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import eu.europa.esig.dss.asic.xades.ASiCWithXAdESSignatureParameters;
import eu.europa.esig.dss.asic.xades.signature.ASiCWithXAdESService;
import eu.europa.esig.dss.enumerations.ASiCContainerType;
import java.util.List;

/** A file and its XAdES signatures in one ZIP container (ETSI EN 319 162-1). A container that is signed again gets one more signature. */
public final class AsicFormat implements SignatureFormat {

    private final Pipeline pipeline;
    private final ASiCContainerType type;

    private AsicFormat(Pipeline pipeline, ASiCContainerType type) {
        this.pipeline = pipeline;
        this.type = type;
    }

    /** For one file. */
    public static AsicFormat simple(Pipeline pipeline) {
        return new AsicFormat(pipeline, ASiCContainerType.ASiC_S);
    }

    /** For several, each named by its hash. */
    public static AsicFormat extended(Pipeline pipeline) {
        return new AsicFormat(pipeline, ASiCContainerType.ASiC_E);
    }

    @Override
    public String name() {
        return type == ASiCContainerType.ASiC_S ? "ASiC-S" : "ASiC-E";
    }

    /** The signature is a file of its own beside what it signs, and both in the container. */
    @Override
    public List<Packaging> packagings() {
        return List.of(Packaging.DETACHED);
    }

    @Override
    public String mediaType(Packaging packaging) {
        return type == ASiCContainerType.ASiC_S ? "application/vnd.etsi.asic-s+zip" : "application/vnd.etsi.asic-e+zip";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        if (request.document().isDigestOnly()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "A container holds what is signed and needs the document. Over a digest sign with CAdES, XAdES or JAdES, detached.");
        }
        DocumentKind.CONTAINER.checkWhereItIs(request.document());
        ASiCWithXAdESSignatureParameters parameters = parameters(request.level());
        parameters.setSigningCertificateDigestMethod(Trust.digest(request.algorithm()));
        parameters.setTokenReferencesDigestAlgorithm(Trust.digest(request.algorithm()));
        String ending = type == ASiCContainerType.ASiC_S ? ".asics" : ".asice";
        Finish finish = new Finish(Finish.signedName(request.document().name(), ending), mediaType(request.packaging()), false);
        return pipeline.prepare(request, new ASiCWithXAdESService(pipeline.trust().verifier()), parameters, finish);
    }

    @Override
    public SignedDocument extend(Document document, List<Document> originals, SignatureLevel level) {
        Finish finish = new Finish(document.name(), mediaType(Packaging.DETACHED), false);
        return pipeline.extend(document, originals, new ASiCWithXAdESService(pipeline.trust().verifier()), parameters(level), finish);
    }

    private ASiCWithXAdESSignatureParameters parameters(SignatureLevel level) {
        ASiCWithXAdESSignatureParameters parameters = new ASiCWithXAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.valueOf("XAdES_BASELINE_" + level));
        parameters.aSiC().setContainerType(type);
        return parameters;
    }
}
