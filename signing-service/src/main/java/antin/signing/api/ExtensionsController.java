package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Extension;
import antin.signing.signature.SignatureLevel;
import antin.signing.signature.SignedDocument;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signatures that were made before, carried to a higher level. Nothing is kept. */
@RestController
final class ExtensionsController {

    /** As sent. */
    private record Options(@Nullable String level) {

        SignatureLevel signatureLevel() {
            return Arrays.stream(SignatureLevel.values()).filter(one -> one.needsTimeStamp() && one.name().equals(level)).findFirst()
                .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "The option \"level\" must be T, LT or LTA."));
        }
    }

    private final Extension extension;
    private final AuditLog audit;
    private final WorkFolder folder;
    private final Limits limits;

    ExtensionsController(Extension extension, AuditLog audit, WorkFolder folder, Limits limits) {
        this.extension = extension;
        this.audit = audit;
        this.folder = folder;
        this.limits = limits;
    }

    @PostMapping(path = "/v1/extensions", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    void extend(@AuthenticationPrincipal Jwt token, HttpServletRequest request, HttpServletResponse response) throws IOException {
        SignedDocument extended;
        try (Upload upload = Upload.read(request, folder, limits.largestDocument(), Set.of("options", SigningUpload.PASSWORD), Set.of("document", "original"))) {
            SignatureLevel level = SmallJson.read("part \"options\"", upload.text("options")
                .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "The part \"options\" is missing.")), Options.class).signatureLevel();
            Document document = upload.document().openedBy(SigningUpload.password(upload));
            extended = limits.jobs().run(AccessTokens.actor(token), () -> extension.extend(document, upload.documents("original"), level), upload.sizes());
            audit.record(new AuditEvent("document.extend", "done", AccessTokens.actor(token), request.getRemoteAddr(),
                Map.of("sha256", document.sha256(), "level", level.name(), "result", Digests.sha256(extended.file()))));
        }
        try {
            SignedAnswer.write(extended, HttpServletResponse.SC_OK, response);
        } finally {
            WorkFolder.remove(extended.file());
        }
    }
}
