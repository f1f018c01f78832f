package antin.signing.dss;

import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import antin.signing.xml.UntrustedXml;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.xades.XAdESSignatureParameters;
import eu.europa.esig.dss.xades.signature.XAdESService;
import java.util.List;

/** Signatures in XML (ETSI EN 319 132-1). Enveloped ones are for XML documents; enveloping and detached ones for any. */
public final class XadesFormat implements SignatureFormat {

    private final Pipeline pipeline;

    public XadesFormat(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return "XAdES";
    }

    @Override
    public List<Packaging> packagings() {
        return List.of(Packaging.ENVELOPED, Packaging.ENVELOPING, Packaging.DETACHED);
    }

    @Override
    public String mediaType(Packaging packaging) {
        return "application/xml";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        DigestOnly.check(request, name());
        if (request.packaging() != Packaging.DETACHED || DocumentKind.XML.is(request.document())) {
            InMemory.check(request.document(), "XML, or a document for XAdES that is not detached");
        }
        if (request.packaging() == Packaging.ENVELOPED || DocumentKind.XML.is(request.document())) {
            UntrustedXml.check(request.document());
        }
        XAdESSignatureParameters parameters = parameters(request.level());
        parameters.setSignaturePackaging(SignaturePackaging.valueOf(request.packaging().name()));
        parameters.setSigningCertificateDigestMethod(Trust.digest(request.algorithm()));
        parameters.setTokenReferencesDigestAlgorithm(Trust.digest(request.algorithm()));
        Finish finish = new Finish(Finish.signedName(request.document().name(), ".xml"), mediaType(request.packaging()), request.packaging() == Packaging.DETACHED,
            () -> { }, XadesService::isCertain);
        return pipeline.prepare(request, new XadesService(pipeline.trust(), request), parameters, finish);
    }

    @Override
    public SignedDocument extend(Document document, List<Document> originals, SignatureLevel level) {
        Finish finish = new Finish(document.name(), mediaType(Packaging.ENVELOPED), !originals.isEmpty());
        return pipeline.extend(document, originals, new XAdESService(pipeline.trust().verifier()), parameters(level), finish);
    }

    private static XAdESSignatureParameters parameters(SignatureLevel level) {
        XAdESSignatureParameters parameters = new XAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.valueOf("XAdES_BASELINE_" + level));
        return parameters;
    }
}
