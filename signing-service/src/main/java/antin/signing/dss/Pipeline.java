package antin.signing.dss;

import antin.signing.WorkFolder;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.signature.AbstractSignatureService;

/** What all formats share: whom to believe, where files lie, and the way from a request to a checked document. Safe for use by many threads. */
public final class Pipeline {

    private final Trust trust;
    private final FinishedDocuments finished;
    private final WorkFolder folder;

    public Pipeline(Trust trust, DssValidation validation, WorkFolder folder) {
        this.trust = trust;
        this.finished = new FinishedDocuments(validation);
        this.folder = folder;
    }

    Trust trust() {
        return trust;
    }

    WorkFolder folder() {
        return folder;
    }

    <P extends AbstractSignatureParameters<?>> PreparedSignature prepare(SignatureRequest request, AbstractSignatureService<P, ?> service, P parameters, Finish finish) {
        service.setTspSource(trust.timeStamps());
        return new HalfDone<>(request, service, parameters, finish, this);
    }

    FinishedDocuments finished() {
        return finished;
    }
}
