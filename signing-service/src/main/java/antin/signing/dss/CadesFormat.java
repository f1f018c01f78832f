package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import eu.europa.esig.dss.cades.CAdESSignatureParameters;
import eu.europa.esig.dss.cades.signature.CAdESService;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import java.util.List;

/** Signatures in CMS (ETSI EN 319 122-1) over any file: beside it, or with it inside. */
public final class CadesFormat implements SignatureFormat {

    private final Pipeline pipeline;

    public CadesFormat(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return "CAdES";
    }

    @Override
    public List<Packaging> packagings() {
        return List.of(Packaging.DETACHED, Packaging.ENVELOPING);
    }

    /** RFC 8551, 3.2.1. */
    @Override
    public String mediaType(Packaging packaging) {
        return packaging == Packaging.DETACHED ? "application/pkcs7-signature" : "application/pkcs7-mime";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        DigestOnly.check(request, name());
        DocumentKind.CMS.checkWhereItIs(request.document());
        CAdESSignatureParameters parameters = parameters(request.level());
        parameters.setSignaturePackaging(SignaturePackaging.valueOf(request.packaging().name()));
        boolean apart = request.packaging() == Packaging.DETACHED;
        if (!apart) {
            InMemory.check(request.document(), "A document inside CAdES");
        }
        Finish finish = new Finish(request.document().name() + (apart ? ".p7s" : ".p7m"), mediaType(request.packaging()), apart);
        return pipeline.prepare(request, apart ? DigestOnly.ofLarge(request.document()) : DssValidation.dss(request.document()), new CAdESService(pipeline.trust().verifier()), parameters, finish);
    }

    @Override
    public SignedDocument extend(Document document, List<Document> originals, SignatureLevel level) {
        boolean apart = !originals.isEmpty();
        Finish finish = new Finish(document.name(), mediaType(apart ? Packaging.DETACHED : Packaging.ENVELOPING), apart);
        return pipeline.extend(document, originals, new CAdESService(pipeline.trust().verifier()), parameters(level), finish);
    }

    private static CAdESSignatureParameters parameters(SignatureLevel level) {
        CAdESSignatureParameters parameters = new CAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.valueOf("CAdES_BASELINE_" + level));
        return parameters;
    }
}
