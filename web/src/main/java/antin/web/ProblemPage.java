package antin.web;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.MessageSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * The one edge where errors become answers, wherever they were thrown: a page for people, a problem document (RFC 9457) for
 * systems. What nobody foresaw gets an incident number, under which the log has the rest.
 */
@Controller
final class ProblemPage {

    static final String PATH = "/error";
    private static final Logger LOG = LoggerFactory.getLogger(ProblemPage.class);
    private static final Set<Integer> EXPLAINED = Set.of(400, 401, 403, 404, 405, 409, 413, 422, 429, 503);
    private static final String RETRY_SECONDS = "30";
    private static final int INCIDENT_BYTES = 5;

    private final MessageSource messages;
    private final SecureRandom random = new SecureRandom();

    ProblemPage(MessageSource messages) {
        this.messages = messages;
    }

    /** What the page shows. */
    public record Answer(HttpStatus status, String type, String title, String text, @Nullable String incident) {
    }

    @RequestMapping(path = PATH, produces = MediaType.TEXT_HTML_VALUE)
    ModelAndView page(HttpServletRequest request, HttpServletResponse response, Locale locale) {
        Answer answer = answer(request, locale);
        if (answer.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return new ModelAndView("problem", Map.of("problem", answer), answer.status());
    }

    @RequestMapping(PATH)
    ResponseEntity<Map<String, Object>> document(HttpServletRequest request, Locale locale) {
        Answer answer = answer(request, locale);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/" + answer.type());
        document.put("title", answer.title());
        document.put("status", answer.status().value());
        document.put("detail", answer.text());
        if (answer.incident() != null) {
            document.put("incident", answer.incident());
        }
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (answer.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return new ResponseEntity<>(document, headers, answer.status());
    }

    private Answer answer(HttpServletRequest request, Locale locale) {
        Throwable error = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        Problem problem = problem(error);
        Integer code = (Integer) request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = problem != null ? HttpStatus.valueOf(problem.kind().httpStatus()) : HttpStatus.resolve(code == null ? 404 : code);
        if (status == null || !EXPLAINED.contains(status.value())) {
            String incident = incident();
            LOG.error("Incident {} at {}", incident, request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), error);
            return new Answer(HttpStatus.INTERNAL_SERVER_ERROR, "internal", text("problem.500.title", locale), text("problem.500.text", locale), incident);
        }
        if (status == HttpStatus.SERVICE_UNAVAILABLE && problem != null) {
            LOG.warn("No answer at {}: {}", request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI), problem.detail());
        }
        String type = problem == null ? status.name() : problem.kind().name();
        String key = "problem." + status.value();
        return new Answer(status, type.toLowerCase(Locale.ROOT).replace('_', '-'), text(key + ".title", locale), text(key + ".text", locale), null);
    }

    private String text(String key, Locale locale) {
        return messages.getMessage(key, null, locale);
    }

    private String incident() {
        byte[] number = new byte[INCIDENT_BYTES];
        random.nextBytes(number);
        return HexFormat.of().withUpperCase().formatHex(number);
    }

    private static @Nullable Problem problem(@Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            // a connection that broke in the middle: as temporary as one that could not be had
            if (cause instanceof DataAccessResourceFailureException || cause instanceof TransactionException) {
                return new Problem(Kind.PEER_UNAVAILABLE, "The database went away.", cause);
            }
        }
        return null;
    }
}
