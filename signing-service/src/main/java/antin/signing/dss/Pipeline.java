package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import eu.europa.esig.dss.cades.signature.CAdESService;
import eu.europa.esig.dss.alert.exception.AlertException;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.signature.AbstractSignatureParameters;
import eu.europa.esig.dss.signature.AbstractSignatureService;
import eu.europa.esig.dss.spi.exception.DSSExternalResourceException;
import eu.europa.esig.dss.spi.exception.IllegalInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** What all formats share: whom to believe, where files lie, and the way from a request to a checked document. Safe for use by many threads. */
public final class Pipeline {

    private final Trust trust;
    private final FinishedDocuments finished;
    private final WorkFolder folder;
    private final CheckCertificate certificates;

    public Pipeline(Trust trust, DssValidation validation, WorkFolder folder) {
        this.trust = trust;
        this.finished = new FinishedDocuments(validation);
        this.folder = folder;
        this.certificates = new CheckCertificate(trust, trust.clock());
    }

    Trust trust() {
        return trust;
    }

    CheckCertificate certificates() {
        return certificates;
    }

    WorkFolder folder() {
        return folder;
    }

    <P extends AbstractSignatureParameters<?>> PreparedSignature prepare(SignatureRequest request, AbstractSignatureService<P, ?> service, P parameters, Finish finish) {
        return prepare(request, DssValidation.dss(request.document()), service, parameters, finish);
    }

    /** As the other, where DSS shall not read the document itself. */
    <P extends AbstractSignatureParameters<?>> PreparedSignature prepare(SignatureRequest request, DSSDocument document, AbstractSignatureService<P, ?> service, P parameters, Finish finish) {
        service.setTspSource(trust.timeStamps());
        return new HalfDone<>(request, document, service, parameters, finish, this);
    }

    <P extends AbstractSignatureParameters<?>> SignedDocument extend(Document document, List<Document> originals, AbstractSignatureService<P, ?> service, P parameters,
            Finish finish) {
        service.setTspSource(trust.timeStamps());
        parameters.setDetachedContents(originals.stream().map(service instanceof CAdESService ? DigestOnly::ofLarge : DssValidation::dss).toList());
        WorkResources resources = new WorkResources(folder);
        try {
            return resources.during(() -> new SignedDocument(save(carry(() -> service.extendDocument(DssValidation.dss(document), parameters))), finish.name(), finish.mediaType()));
        } finally {
            finish.cleanUp().run();
            resources.clear();
        }
    }

    /** What asks time-stamp and status services on its way. */
    DSSDocument carry(Supplier<DSSDocument> work) {
        long before = trust.failures();
        try {
            return work.get();
        } catch (DSSExternalResourceException e) {
            throw away(e);
        } catch (AlertException e) {
            throw trust.failures() > before ? away(e)
                : new Problem(Kind.MALFORMED_DOCUMENT, "A signature that the document already has cannot be carried to this level.", e);
        } catch (IllegalInputException e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document cannot be carried to this level: it is of another format, or beyond that level already.", e);
        } catch (StackOverflowError e) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document is too intricate to sign.", e);
        } catch (OutOfMemoryError e) {
            throw Guard.outOfMemory(e);
        }
    }

    Path save(DSSDocument signed) {
        Path file = folder.newFile();
        try (OutputStream out = Files.newOutputStream(file)) {
            signed.writeTo(out);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem away(Throwable cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "A time-stamp or status service does not answer.", cause);
    }

    /** What a short look was certain of holds but for its certificate, which may be revoked since the key was used. @throws Problem where it is */
    void checkStatus(SignatureRequest request) {
        certificates.checkStatus(request.chain());
    }

    /** Looks at it as an auditor would. @throws Problem where it is not handed out */
    void check(SignatureRequest request, SignedDocument signed, boolean apart) {
        finished.check(request, signed, apart);
    }
}
