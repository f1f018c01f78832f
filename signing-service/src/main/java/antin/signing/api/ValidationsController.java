package antin.signing.api;

import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.WorkFolder;
import antin.signing.signature.Document;
import antin.signing.signature.Validation;
import antin.signing.signature.ValidationReport;
import antin.signing.token.AccessTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Journey 4 over HTTP: document in, report out, nothing kept. */
@RestController
final class ValidationsController {

    private final Validation validation;
    private final ReportJson reports;
    private final AuditLog audit;
    private final WorkFolder folder;
    private final Limits limits;
    private final MeterRegistry metrics;

    ValidationsController(Validation validation, ReportJson reports, AuditLog audit, WorkFolder folder, Limits limits, MeterRegistry metrics) {
        this.validation = validation;
        this.reports = reports;
        this.audit = audit;
        this.folder = folder;
        this.limits = limits;
        this.metrics = metrics;
    }

    @PostMapping(path = "/v1/validations", consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> validate(@AuthenticationPrincipal Jwt token, HttpServletRequest request) {
        Timer.Sample timer = Timer.start(metrics);
        // Step 1: the document, and what a detached signature is over
        try (Upload upload = Upload.read(request, folder, limits.largestDocument(), Set.of(SigningUpload.PASSWORD), Set.of("document", "original"))) {
            Document document = upload.document().openedBy(SigningUpload.password(upload));
            // Steps 2 and 3
            ValidationReport report = limits.jobs().run(AccessTokens.actor(token), () -> validation.validate(document, upload.documents("original")), upload.sizes());
            String conclusion = report.conclusion().name().toLowerCase(Locale.ROOT);
            // Step 4: one line, then the answer
            audit.record(new AuditEvent("document.validate", conclusion, AccessTokens.actor(token), request.getRemoteAddr(),
                Map.of("sha256", document.sha256(), "signatures", Integer.toString(report.signatures().size()))));
            timer.stop(metrics.timer("antin.validations", "conclusion", conclusion));
            return reports.json(document, report);
        }
    }
}
