package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import eu.europa.esig.dss.alert.exception.AlertException;
import eu.europa.esig.dss.enumerations.CertificateStatus;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.SerializableTimestampParameters;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.TimestampParameters;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.signature.DocumentSignatureService;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPToken;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.List;

/** A signature of any format between its two halves. The steps are those of docs/journeys/3-seal-by-api.md. */
final class HalfDone<P extends AbstractSignatureParameters<?>> implements PreparedSignature {

    private final SignatureRequest request;
    private final DocumentSignatureService<P, ?> service;
    private final P parameters;
    private final DSSDocument document;
    private final Finish finish;
    private final Pipeline pipeline;
    private final WorkResources resources;
    private final byte[] toBeSigned;

    HalfDone(SignatureRequest request, DSSDocument document, DocumentSignatureService<P, ?> service, P parameters, Finish finish, Pipeline pipeline) {
        this.request = request;
        this.service = service;
        this.parameters = parameters;
        this.document = document;
        this.finish = finish;
        this.pipeline = pipeline;
        this.resources = new WorkResources(pipeline.folder());
        describe();
        // Step 4: the bytes to be signed
        try {
            this.toBeSigned = resources.during(() -> Guard.reading(() -> service.getDataToSign(document, parameters)).getBytes());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public byte[] toBeSigned() {
        return toBeSigned.clone();
    }

    @Override
    public SignedDocument complete(byte[] value) {
        // Step 6: what came from the key is what was asked of it
        request.verify(toBeSigned, value);
        // Step 7: put it in, with time stamps and validation data by level
        DSSDocument signed = resources.during(() -> signed(value));
        // Step 8: read it as an auditor would, before anybody gets it
        boolean certain = finish.certain().test(new Made(request, toBeSigned, value, document, signed));
        if (certain) {
            pipeline.checkStatus(request);
        }
        SignedDocument finished = new SignedDocument(pipeline.save(signed), finish.name(), finish.mediaType());
        if (!certain) {
            check(finished);
        }
        return finished;
    }

    private void check(SignedDocument finished) {
        try {
            pipeline.check(request, finished, finish.apart());
        } catch (RuntimeException e) {
            WorkFolder.remove(finished.file());
            throw e;
        }
    }

    @Override
    public void close() {
        finish.cleanUp().run();
        resources.clear();
    }

    /** Digest and algorithm are always set, never left to a default of the library's. */
    private void describe() {
        DigestAlgorithm digest = Trust.digest(request.algorithm());
        KnownCertificates known = pipeline.trust().certificates();
        parameters.setSigningCertificate(known.token(request.certificate()));
        parameters.setCertificateChain(known.tokens(request.chain()));
        parameters.setDigestAlgorithm(digest);
        parameters.setReferenceDigestAlgorithm(digest);
        parameters.setEncryptionAlgorithm(Trust.dss(request.algorithm()).getEncryptionAlgorithm());
        parameters.bLevel().setSigningDate(Date.from(request.time()));
        for (SerializableTimestampParameters stamp : List.of(parameters.getSignatureTimestampParameters(), parameters.getArchiveTimestampParameters())) {
            if (stamp instanceof TimestampParameters one) {
                one.setDigestAlgorithm(digest);
            }
        }
    }

    private DSSDocument signed(byte[] value) {
        SignatureValue wrapped = new SignatureValue(Trust.dss(request.algorithm()), value);
        try {
            return pipeline.carry(() -> service.signDocument(document, parameters, wrapped));
        } catch (Problem e) {
            throw e.getCause() instanceof AlertException && e.kind() == Kind.MALFORMED_DOCUMENT && revokedMeanwhile()
                ? new Problem(Kind.CERTIFICATE_UNUSABLE, "The signer's certificate is revoked.", e) : e;
        }
    }

    private boolean revokedMeanwhile() {
        X509Certificate issuer = request.chain().get(Math.min(1, request.chain().size() - 1));
        OCSPToken token = pipeline.trust().answers().getRevocationToken(pipeline.trust().certificates().token(request.certificate()), pipeline.trust().certificates().token(issuer));
        return token != null && token.getStatus() == CertificateStatus.REVOKED;
    }
}
