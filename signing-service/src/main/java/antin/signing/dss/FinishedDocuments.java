package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.signature.Document;
import antin.signing.signature.Objection;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads our own output before it is answered: our signature holds, leads to a root of ours, and has the level asked for. */
final class FinishedDocuments {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedDocuments.class);
    private static final Set<String> REVOKED_MEANWHILE = Set.of("REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE");
    private static final Set<String> STATUS_AWAY = Set.of("TRY_LATER", "REVOCATION_OUT_OF_BOUNDS_NO_POE");

    private final DssValidation validation;

    FinishedDocuments(DssValidation validation) {
        this.validation = validation;
    }

    void check(SignatureRequest request, SignedDocument signed, boolean apart) {
        try {
            Document finished = new Document(signed.file(), signed.name(), Files.size(signed.file()), "").openedBy(request.document().password());
            List<Document> originals = apart ? List.of(request.document()) : List.of();
            SignatureReport own = validation.validate(finished, originals).signatures().stream().filter(report -> isOwn(report, request))
                .reduce((earlier, later) -> later).orElseThrow(() -> new Problem(Kind.INTERNAL, "The finished document lacks its signature."));
            if (own.conclusion() != Conclusion.VALID || !own.format().endsWith("-BASELINE-" + request.level())) {
                throw refusal(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Problem refusal(SignatureReport own) {
        Optional<Objection> objection = Arrays.stream(Objection.values()).filter(one -> own.reasons().contains(one.name())).findFirst();
        if (objection.isPresent()) {
            return new Problem(Kind.MALFORMED_DOCUMENT, "The document is such that a signature on it would be refused wherever this service validates: " + objection.get() + ".");
        }
        String why = String.valueOf(own.subIndication());
        if (REVOKED_MEANWHILE.contains(why)) {
            return new Problem(Kind.CERTIFICATE_UNUSABLE, "The signer's certificate is revoked.");
        }
        if (STATUS_AWAY.contains(why)) {
            return new Problem(Kind.PEER_UNAVAILABLE, "The status service does not answer.");
        }
        LOG.error("A finished signature is {} {} {} and was not handed out", own.format(), own.indication(), why);
        return new Problem(Kind.INTERNAL, "The finished document did not pass its validation.");
    }

    private static boolean isOwn(SignatureReport report, SignatureRequest request) {
        return report.signer() != null && report.signer().serial().equals(request.certificate().getSerialNumber())
            && request.time().equals(report.signingTime());
    }
}
