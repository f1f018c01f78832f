package antin.backbone.scim;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What all resources answer alike: lists, refusals, and what is nowhere. */
@RestController
@RestControllerAdvice(basePackageClasses = ScimAnswers.class)
final class ScimAnswers {

    static final String ROOT = "/scim/v2";
    static final MediaType SCIM_JSON = MediaType.parseMediaType("application/scim+json"); // RFC 7644, 8.1
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final Logger LOG = LoggerFactory.getLogger(ScimAnswers.class);
    private static final String RETRY_SECONDS = "30";

    /** {@code page} is the part of {@code total} that {@code paging} asked for. */
    static <T> ResponseEntity<Map<String, Object>> list(Paging paging, List<T> page, int total, Function<T, Map<String, Object>> resource) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("schemas", List.of(LIST));
        answer.put("totalResults", total);
        answer.put("startIndex", paging.startIndex());
        answer.put("itemsPerPage", page.size());
        answer.put("Resources", page.stream().map(resource).toList());
        return one(answer);
    }

    static ResponseEntity<Map<String, Object>> one(Map<String, Object> resource) {
        return answer(HttpStatus.OK, resource);
    }

    static ScimRefusal nowhere() {
        return new ScimRefusal(HttpStatus.NOT_FOUND, null, "There is no such resource.");
    }

    /** What SCIM has here and this version does not do. */
    static ScimRefusal readOnly(String what) {
        return new ScimRefusal(HttpStatus.NOT_IMPLEMENTED, null, what + " can only be read.");
    }

    /** What SCIM does not have here (RFC 7644, 3.2). */
    static ResponseEntity<Map<String, Object>> notAllowed() {
        ScimRefusal refusal = new ScimRefusal(HttpStatus.METHOD_NOT_ALLOWED, null, "This can only be read.");
        return ResponseEntity.status(refusal.status()).contentType(SCIM_JSON).header(HttpHeaders.ALLOW, "GET, HEAD").body(refusal.body());
    }

    /** {@code Map.of} would show them in another order at each start. */
    static Map<String, Object> ordered(String firstName, Object first, String secondName, Object second) {
        Map<String, Object> pair = new LinkedHashMap<>();
        pair.put(firstName, first);
        pair.put(secondName, second);
        return pair;
    }

    @RequestMapping(ROOT + "/**")
    ResponseEntity<Map<String, Object>> elsewhere() {
        throw nowhere();
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> refused(ScimRefusal refusal) {
        return answer(refusal.status(), refusal.body());
    }

    @ExceptionHandler
    ResponseEntity<Map<String, Object>> failed(RuntimeException failure) {
        if (failure instanceof Problem problem && problem.kind() == Kind.PEER_UNAVAILABLE) {
            LOG.warn("No answer to SCIM: {}", problem.detail());
            return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).contentType(SCIM_JSON).header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .body(new ScimRefusal(HttpStatus.SERVICE_UNAVAILABLE, null, "The directory is away. Try again soon.").body());
        }
        if (failure instanceof Problem problem && problem.kind() == Kind.NOT_FOUND) {
            return refused(nowhere());
        }
        LOG.error("SCIM failed", failure);
        return refused(new ScimRefusal(HttpStatus.INTERNAL_SERVER_ERROR, null, "Something went wrong here."));
    }

    private static ResponseEntity<Map<String, Object>> answer(HttpStatus status, Map<String, Object> body) {
        return ResponseEntity.status(status).contentType(SCIM_JSON).body(body);
    }
}
