package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Extension;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignedDocument;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import antin.signing.signature.ValidationReport.Conclusion;
import antin.signing.signature.ValidationReport.SignatureReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Extension (ETSI EN 319 102-1, 5.6) of whatever a validation reads. What does not hold today is not made to last. */
public final class DssExtension implements Extension {

    private final Pipeline pipeline;
    private final Validation validation;

    public DssExtension(Pipeline pipeline, Validation validation) {
        this.pipeline = pipeline;
        this.validation = validation;
    }

    @Override
    public SignedDocument extend(Document untrusted, List<Document> originals, SignatureLevel level) {
        ValidationReport before = validation.validate(untrusted, originals);
        if (before.signatures().isEmpty()) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "The document has no signature.");
        }
        if (before.conclusion() != Conclusion.VALID) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "A signature of the document does not hold, so it is not made to last.");
        }
        DocumentKind kind = DocumentKind.of(untrusted).orElseThrow();
        SignedDocument extended = Guard.reading(() -> format(kind).extend(untrusted, originals, level));
        try {
            check(extended, untrusted, originals, level);
            return extended;
        } catch (RuntimeException e) {
            WorkFolder.remove(extended.file());
            throw e;
        }
    }

    private SignatureFormat format(DocumentKind kind) {
        return switch (kind) {
            case PDF -> new PadesFormat(pipeline);
            case XML -> new XadesFormat(pipeline);
            case CMS -> new CadesFormat(pipeline);
            case JWS -> new JadesFormat(pipeline);
            case CONTAINER -> AsicFormat.extended(pipeline);
        };
    }

    private void check(SignedDocument extended, Document untrusted, List<Document> originals, SignatureLevel level) {
        try {
            ValidationReport after = validation.validate(new Document(extended.file(), extended.name(), Files.size(extended.file()), "").openedBy(untrusted.password()), originals);
            if (after.conclusion() != Conclusion.VALID || !after.signatures().stream().allMatch(signature -> reaches(signature, level))) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, "A signature of the document cannot be carried to this level.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean reaches(SignatureReport signature, SignatureLevel level) {
        String reached = signature.format().substring(signature.format().lastIndexOf('-') + 1);
        return List.of(SignatureLevel.values()).stream().anyMatch(one -> one.name().equals(reached) && one.compareTo(level) >= 0);
    }
}
