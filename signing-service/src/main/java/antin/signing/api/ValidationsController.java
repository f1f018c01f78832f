package antin.signing.api;

import antin.signing.WorkFolder;
import antin.signing.report.PrintReport;
import antin.signing.report.ReadableReport;
import antin.signing.signature.Document;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Journey 4 over HTTP: document in, report out, nothing kept. The Accept header says for whom the report is: our JSON, the XML of ETSI TS 119 102-2, or a sealed PDF. */
@RestController
final class ValidationsController {

    private final ValidateDocument validateDocument;
    private final ReportJson reports;
    private final ReadableReport readable;
    private final PrintReport print;
    private final WorkFolder folder;
    private final Limits limits;
    private final Clock clock;

    ValidationsController(ValidateDocument validateDocument, ReportJson reports, ReadableReport readable, PrintReport print, WorkFolder folder, Limits limits, Clock clock) {
        this.validateDocument = validateDocument;
        this.reports = reports;
        this.readable = readable;
        this.print = print;
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping(path = "/v1/validations", consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_XML_VALUE, MediaType.APPLICATION_PDF_VALUE})
    ResponseEntity<Object> validate(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        MediaType wanted = wanted(request);
        // Step 1: the document, and what a detached signature is over
        try (Upload upload = Upload.read(request, folder, limits.largestDocument(), Set.of(SigningUpload.PASSWORD), Set.of("document", "original"))) {
            Document document = upload.document().openedBy(SigningUpload.password(upload));
            ValidateDocument.Caller caller = new ValidateDocument.Caller(AccessTokens.actor(token), request.getRemoteAddr(), limits.jobs());
            // Steps 2 to 4
            if (wanted.equals(MediaType.APPLICATION_XML)) {
                return answer(wanted).body(validateDocument.validateForPrograms(caller, document, upload).getBytes(StandardCharsets.UTF_8));
            }
            if (wanted.equals(MediaType.APPLICATION_PDF)) {
                return answer(wanted).header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment().filename("validation-report.pdf").build().toString())
                    .body(validateDocument.validate(caller, document, upload, report -> print.print(readable.of(document, report, clock.instant()), caller.from())));
            }
            return answer(wanted).body(validateDocument.validate(caller, document, upload, report -> reports.json(document, report)));
        }
    }

    private MediaType wanted(HttpServletRequest request) throws HttpMediaTypeNotAcceptableException {
        try {
            return Accept.choose(request, print.isReady() ? List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_XML, MediaType.APPLICATION_PDF)
                : List.of(MediaType.APPLICATION_JSON, MediaType.APPLICATION_XML));
        } catch (HttpMediaTypeNotAcceptableException e) {
            if (!print.isReady()) {
                Accept.check(request, MediaType.APPLICATION_PDF);
                throw new NoReportKey();
            }
            throw e;
        }
    }

    private static ResponseEntity.BodyBuilder answer(MediaType type) {
        return ResponseEntity.ok().contentType(type);
    }
}
