package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.NoRoom;
import antin.signing.csc.Refusals;
import antin.signing.seal.InProgress;
import io.micrometer.core.instrument.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one edge where errors become answers (RFC 9457), whoever refused: Tomcat, a filter, a controller. What nobody foresaw
 * gets an incident number, under which the log has the rest.
 */
public final class ProblemDocuments extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemDocuments.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int INCIDENT_BYTES = 5;
    private static final String SOON = "5";
    private static final String LATER = "30";

    /** What is answered. */
    private record Answer(HttpStatus status, String type, String detail, @Nullable String retryAfter) {
    }

    public ProblemDocuments() {
        setShowServerInfo(false);
        setShowReport(false);
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable error) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Answer answer = answer(response.getStatus(), error);
        boolean csc = Refusals.speaksHere(request.getRequestURI());
        Map<String, Object> document = new LinkedHashMap<>();
        if (csc) {
            document.put("error", Refusals.error(answer.status().value()));
            document.put("error_description", answer.detail());
            answer = new Answer(HttpStatus.valueOf(Refusals.status(answer.status().value())), answer.type(), answer.detail(), answer.retryAfter());
        } else {
            document.putAll(problem(answer));
        }
        if (answer.status().is5xxServerError() && answer.status() != HttpStatus.SERVICE_UNAVAILABLE) {
            String incident = incident();
            LOG.error("Incident {} at {}", incident, request.getRequestURI(), error);
            document.put("incident", incident);
        }
        if (answer.status() == HttpStatus.SERVICE_UNAVAILABLE) {
            LOG.warn("No answer at {}: {}", request.getRequestURI(), answer.detail());
        }
        Metrics.counter("antin.refusals", "kind", answer.type()).increment();
        write(response, answer, csc ? MediaType.APPLICATION_JSON_VALUE : MediaType.APPLICATION_PROBLEM_JSON_VALUE, JSON.writeValueAsBytes(document));
    }

    private static Map<String, Object> problem(Answer answer) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", "/problems/" + answer.type());
        document.put("title", answer.status().getReasonPhrase());
        document.put("status", answer.status().value());
        document.put("detail", answer.detail());
        return document;
    }

    private static void write(Response response, Answer answer, String type, byte[] body) {
        try {
            response.setStatus(answer.status().value());
            response.setContentType(type);
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (answer.retryAfter() != null) {
                response.setHeader(HttpHeaders.RETRY_AFTER, answer.retryAfter());
            }
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException e) {
            LOG.debug("The client went away before its problem", e);
        }
    }

    private static Answer answer(int code, @Nullable Throwable error) {
        if (NoRoom.isWhy(error)) {
            return new Answer(HttpStatus.SERVICE_UNAVAILABLE, "no-room", "There is no room for this document on the disk now. Try again later.", LATER);
        }
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return answer(problem);
            }
            if (cause instanceof Busy) {
                return new Answer(HttpStatus.SERVICE_UNAVAILABLE, "busy", "Too many documents are worked on now. Try again soon.", SOON);
            }
            if (cause instanceof TooLong) {
                return new Answer(HttpStatus.SERVICE_UNAVAILABLE, "too-long", cause.getMessage() + " It may be larger or more intricate than is taken. A request with an Idempotency-Key may be sent again.", LATER);
            }
            if (cause instanceof InProgress) {
                return new Answer(HttpStatus.CONFLICT, "in-progress", "A request with this Idempotency-Key is being worked on.", SOON);
            }
            if (cause instanceof NoReportKey) {
                return new Answer(HttpStatus.NOT_ACCEPTABLE, type(HttpStatus.NOT_ACCEPTABLE), String.valueOf(cause.getMessage()), null);
            }
            // a connection that broke in the middle, or tokens that cannot be checked: as temporary as a peer that is away
            if (cause instanceof DataAccessResourceFailureException || cause instanceof TransactionException || cause instanceof AuthenticationServiceException) {
                return new Answer(HttpStatus.SERVICE_UNAVAILABLE, "peer-unavailable", "A part that this needs does not answer now.", LATER);
            }
        }
        HttpStatus status = error == null ? HttpStatus.resolve(code) : HttpStatus.INTERNAL_SERVER_ERROR;
        if (status == null) {
            status = code < 500 ? HttpStatus.BAD_REQUEST : HttpStatus.INTERNAL_SERVER_ERROR;
        }
        return new Answer(status, type(status), detail(status), status == HttpStatus.SERVICE_UNAVAILABLE ? LATER : null);
    }

    private static Answer answer(Problem problem) {
        HttpStatus status = HttpStatus.valueOf(problem.kind().httpStatus());
        boolean ours = status == HttpStatus.INTERNAL_SERVER_ERROR;
        Kind kind = ours ? Kind.INTERNAL : problem.kind();
        return new Answer(status, kind.name().toLowerCase(Locale.ROOT).replace('_', '-'), ours ? detail(status) : problem.detail(),
            status == HttpStatus.SERVICE_UNAVAILABLE ? LATER : null);
    }

    private static String type(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "bad-credentials";
            case FORBIDDEN -> "not-allowed";
            case BAD_REQUEST -> "malformed-request";
            case CONTENT_TOO_LARGE -> "too-large";
            case INTERNAL_SERVER_ERROR -> "internal";
            default -> status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        };
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case UNAUTHORIZED -> "An access token for this service is needed: one of the issuer's, not over, with this service as its audience.";
            case FORBIDDEN -> "The token does not have the scope that this needs.";
            case NOT_FOUND -> "There is nothing at this address.";
            case METHOD_NOT_ALLOWED -> "This address does not know that method.";
            case NOT_ACCEPTABLE -> "The answer is of none of the types that the Accept header names.";
            case UNSUPPORTED_MEDIA_TYPE -> "The body must be multipart/form-data.";
            case BAD_REQUEST -> "The request is not well-formed.";
            case SERVICE_UNAVAILABLE -> "A part that this needs does not answer now.";
            case INTERNAL_SERVER_ERROR -> "Something went wrong here. The incident number names it in the log.";
            default -> status.getReasonPhrase() + ".";
        };
    }

    private static String incident() {
        byte[] number = new byte[INCIDENT_BYTES];
        RANDOM.nextBytes(number);
        return HexFormat.of().withUpperCase().formatHex(number);
    }
}
