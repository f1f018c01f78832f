package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.signature.Document;
import antin.signing.signature.InMemory;
import antin.signing.signature.Packaging;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import eu.europa.esig.dss.enumerations.JWSSerializationType;
import eu.europa.esig.dss.enumerations.SigDMechanism;
import eu.europa.esig.dss.enumerations.SignaturePackaging;
import eu.europa.esig.dss.jades.JAdESSignatureParameters;
import eu.europa.esig.dss.jades.signature.JAdESService;
import java.util.List;

/** Signatures in JSON (ETSI TS 119 182-1) over any file: with it inside, or beside it and named by its hash. */
public final class JadesFormat implements SignatureFormat {

    private final Pipeline pipeline;

    public JadesFormat(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return "JAdES";
    }

    @Override
    public List<Packaging> packagings() {
        return List.of(Packaging.ENVELOPING, Packaging.DETACHED);
    }

    /** RFC 7515, 9.2.1: the JSON serialisation, which alone has a place for what the levels above B add. */
    @Override
    public String mediaType(Packaging packaging) {
        return "application/jose+json";
    }

    @Override
    public PreparedSignature prepare(SignatureRequest request) {
        checkCurve(request);
        InMemory.check(request.document(), "A document for JAdES");
        DigestOnly.check(request, name());
        DocumentKind.JWS.checkWhereItIs(request.document());
        JAdESSignatureParameters parameters = parameters(request.level());
        parameters.setSignaturePackaging(SignaturePackaging.valueOf(request.packaging().name()));
        parameters.setSigningCertificateDigestMethod(Trust.digest(request.algorithm()));
        boolean apart = request.packaging() == Packaging.DETACHED;
        if (apart) {
            // TS 119 182-1, 5.2.8.3: the hash is over the document itself where "b64" is false, and over its base64url otherwise, which a digest cannot say
            parameters.setBase64UrlEncodedPayload(!request.document().isDigestOnly());
            parameters.setSigDMechanism(SigDMechanism.OBJECT_ID_BY_URI_HASH);
        }
        Finish finish = new Finish(Finish.signedName(request.document().name(), ".json"), mediaType(request.packaging()), apart);
        return pipeline.prepare(request, new JAdESService(pipeline.trust().verifier()), parameters, finish);
    }

    @Override
    public SignedDocument extend(Document document, List<Document> originals, SignatureLevel level) {
        Finish finish = new Finish(document.name(), mediaType(Packaging.ENVELOPING), !originals.isEmpty());
        return pipeline.extend(document, originals, new JAdESService(pipeline.trust().verifier()), parameters(level), finish);
    }

    private static JAdESSignatureParameters parameters(SignatureLevel level) {
        JAdESSignatureParameters parameters = new JAdESSignatureParameters();
        parameters.setSignatureLevel(eu.europa.esig.dss.enumerations.SignatureLevel.valueOf("JAdES_BASELINE_" + level));
        parameters.setJwsSerializationType(JWSSerializationType.JSON_SERIALIZATION);
        return parameters;
    }

    /** RFC 7518, 3.4: each curve goes with one digest. */
    private static void checkCurve(SignatureRequest request) {
        SignatureAlgorithm only = SignatureAlgorithm.usual(request.certificate().getPublicKey());
        if (only.keyAlgorithm().equals("EC") && request.algorithm() != only) {
            throw new Problem(Kind.MALFORMED_REQUEST, "JAdES signs with this key by " + only.word() + " alone (RFC 7518, 3.4).");
        }
    }
}
