package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Particulars;
import antin.signing.signature.Password;
import antin.signing.signature.SignatureFormat;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parts of a request for a seal or a signature: options, document or digest, password, picture. */
final class SigningUpload implements AutoCloseable {

    static final String PASSWORD = "password";
    private static final Set<String> TEXTS = Set.of("options", PASSWORD);
    private static final Set<String> FILES = Set.of("document", "picture");
    private static final int LARGEST_PICTURE = 1 << 20;
    private static final int LONGEST_PASSWORD = 127; // ISO 32000-2, 7.6.4.3.3: in UTF-8

    private final Upload upload;
    private final SigningOptions options;
    private final Document document;

    private SigningUpload(Upload upload, SigningOptions options, Document document) {
        this.upload = upload;
        this.options = options;
        this.document = document;
    }

    static SigningUpload read(HttpServletRequest request, WorkFolder folder, int largest) {
        Upload upload = Upload.read(request, folder, largest, TEXTS, FILES);
        try {
            SigningOptions options = SigningOptions.read(upload.text("options").orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "The part \"options\" is missing.")));
            return new SigningUpload(upload, options, document(upload, options, folder).openedBy(password(upload)));
        } catch (RuntimeException e) {
            upload.close();
            throw e;
        }
    }

    SigningOptions options() {
        return options;
    }

    Document document() {
        return document;
    }

    /** Refused where the format has no place for them. */
    Particulars particulars(SignatureFormat format) {
        boolean pdf = format.name().equals("PAdES");
        options.checkTexts(pdf);
        Particulars particulars = options.particulars(picture().map(SigningUpload::octets).orElse(null));
        if (!pdf && (particulars.field() != null || particulars.certify() != null || particulars.layout() != null || document.password() != null)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The options \"field\", \"certify\" and \"layout\" and the parts \"picture\" and \"password\" are for PAdES.");
        }
        if (particulars.element() != null && !format.name().equals("XMLDSig")) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The option \"element\" is for XMLDSig.");
        }
        return particulars;
    }

    /** Of the picture, to tell a repeat from another request; empty for none. The password is no part of what is asked: it is the document's. */
    String pictureSha256() {
        return picture().map(Document::sha256).orElse("");
    }

    @Override
    public void close() {
        upload.close();
        WorkFolder.remove(document.file());
    }

    static @Nullable Password password(Upload upload) {
        Optional<String> sent = upload.text(PASSWORD);
        if (sent.isPresent() && sent.get().length() > LONGEST_PASSWORD) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The part \"password\" is longer than any password of a PDF.");
        }
        return sent.map(Password::new).orElse(null);
    }

    private static Document document(Upload upload, SigningOptions options, WorkFolder folder) {
        if (options.digest() == null) {
            return upload.document();
        }
        if (!upload.documents("document").isEmpty()) {
            throw new Problem(Kind.MALFORMED_REQUEST, "There is a part \"document\" and an option \"digest\"; one of them says what is signed.");
        }
        return options.digest().document(folder);
    }

    private Optional<Document> picture() {
        List<Document> pictures = upload.documents("picture");
        if (pictures.size() > 1 || pictures.size() == 1 && pictures.getFirst().size() > LARGEST_PICTURE) {
            throw new Problem(Kind.MALFORMED_REQUEST, "There is more than one part \"picture\", or it is larger than 1 MiB.");
        }
        return pictures.stream().findFirst();
    }

    private static byte[] octets(Document picture) {
        try {
            return Files.readAllBytes(picture.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
