package antin.signing.page;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.NoRoom;
import antin.signing.WorkFolder;
import antin.signing.api.Busy;
import antin.signing.api.Jobs;
import antin.signing.api.TooLong;
import antin.signing.api.Upload;
import antin.signing.api.ValidateDocument;
import antin.signing.api.ValidateDocument.Caller;
import antin.signing.page.Visitors.Refused;
import antin.signing.page.Visitors.Visit;
import antin.signing.report.PrintReport;
import antin.signing.report.ReadableReport;
import antin.signing.report.Sheet;
import antin.signing.signature.Document;
import antin.signing.signature.Password;
import antin.signing.signature.ValidationReport;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;

/** Journey 4 for everybody: a form, and the answer on the same page or as a PDF. Without a script the form is posted as any; nothing is kept between two requests. */
@Controller
final class ValidationPage {

    static final String PATH = "/validate";
    static final int LARGEST = 32 << 20;
    private static final String ANONYMOUS = "anonymous";
    private static final int LONGEST_PASSWORD = 127;
    private static final long SOON_SECONDS = 5;
    private static final long LATER_SECONDS = 30;

    private final ValidateDocument validateDocument;
    private final ReadableReport readable;
    private final PrintReport print;
    private final WorkFolder folder;
    private final Jobs jobs;
    private final Visitors visitors;
    private final Clock clock;
    private final int largest;

    /** @param jobs the page's share */
    ValidationPage(ValidateDocument validateDocument, ReadableReport readable, PrintReport print, WorkFolder folder, Jobs jobs, Visitors visitors, int largest, Clock clock) {
        this.validateDocument = validateDocument;
        this.readable = readable;
        this.print = print;
        this.folder = folder;
        this.jobs = jobs;
        this.visitors = visitors;
        this.clock = clock;
        this.largest = largest;
    }

    @GetMapping("/")
    String begin() {
        return "redirect:" + PATH;
    }

    @GetMapping(PATH)
    ModelAndView form() {
        return page(200);
    }

    /** Null where the answer is written already. */
    @PostMapping(path = PATH, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Nullable ModelAndView check(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (Visit visit = visitors.enter(request.getRemoteAddr())) {
            return answer(request, response);
        } catch (Refused e) {
            return refusal(e.ofAll() ? 503 : 429, e.ofAll() ? "busy" : "limit", e.seconds(), response);
        } catch (Busy e) {
            return refusal(503, "busy", SOON_SECONDS, response);
        } catch (TooLong e) {
            return refusal(503, "too-long", LATER_SECONDS, response);
        } catch (Problem e) {
            return refusal(e, response);
        } catch (RuntimeException e) {
            if (NoRoom.isWhy(e)) {
                return refusal(503, "busy", LATER_SECONDS, response);
            }
            throw e;
        }
    }

    private @Nullable ModelAndView answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Step 1: the document, and what a detached signature is over
        try (Upload upload = Upload.read(request, folder, largest, Set.of("password", "report"), Set.of("document", "original"))) {
            List<Document> documents = upload.documents("document");
            if (documents.size() != 1 || documents.getFirst().size() == 0) {
                return refusal(422, "choose", 0, response);
            }
            Document document = documents.getFirst().openedBy(password(upload).orElse(null));
            // Steps 2 to 4, in a share that leaves the interface its own
            Caller caller = new Caller(ANONYMOUS, request.getRemoteAddr(), jobs);
            Function<ValidationReport, Sheet> sheet = report -> readable.of(document, report, clock.instant());
            if (upload.text("report").isPresent() && print.isReady()) {
                byte[] pdf = validateDocument.validate(caller, document, upload, sheet.andThen(made -> print.print(made, caller.from())));
                response.setContentType(MediaType.APPLICATION_PDF_VALUE);
                response.setContentLength(pdf.length);
                response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"validation-report.pdf\"");
                response.getOutputStream().write(pdf);
                return null;
            }
            return page(200).addObject("sheet", validateDocument.validate(caller, document, upload, sheet));
        }
    }

    private static Optional<Password> password(Upload upload) {
        return upload.text("password").filter(text -> !text.isEmpty()).map(text -> {
            if (text.length() > LONGEST_PASSWORD) {
                throw new Problem(Kind.DOCUMENT_LOCKED, "No PDF has so long a password.");
            }
            return new Password(text);
        });
    }

    private ModelAndView refusal(Problem problem, HttpServletResponse response) {
        return switch (problem.kind()) {
            case TOO_LARGE -> refusal(413, "too-large", 0, response);
            case DOCUMENT_LOCKED -> refusal(422, "locked", 0, response);
            case MALFORMED_DOCUMENT -> refusal(422, "document", 0, response);
            case MALFORMED_REQUEST -> refusal(400, "request", 0, response);
            case LIMIT_REACHED, PEER_UNAVAILABLE -> refusal(503, "busy", LATER_SECONDS, response);
            case NOT_ALLOWED, CERTIFICATE_UNUSABLE -> refusal(503, "report", LATER_SECONDS, response); // of the key that seals reports
            default -> throw problem;
        };
    }

    private ModelAndView refusal(int status, String why, long seconds, HttpServletResponse response) {
        if (seconds > 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
        return page(status).addObject("problem", "validate.problem." + why).addObject("seconds", seconds);
    }

    private ModelAndView page(int status) {
        ModelAndView page = new ModelAndView("validate");
        page.setStatus(org.springframework.http.HttpStatus.valueOf(status));
        page.addObject("home", PATH);
        page.addObject("largest", largest);
        page.addObject("megabytes", largest >> 20);
        page.addObject("printable", print.isReady());
        return page;
    }
}
