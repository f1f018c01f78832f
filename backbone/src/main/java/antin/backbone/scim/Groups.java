package antin.backbone.scim;

import antin.directory.Directory;
import antin.directory.Unit;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.oidc.OidcSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /scim/v2/Groups}: each unit is a Group (RFC 7643, 4.2), with its level and its parent in an extension of ours. */
@RestController
@RequestMapping(Groups.ROOT)
final class Groups {

    static final String ROOT = "/scim/v2";
    static final MediaType SCIM_JSON = MediaType.parseMediaType("application/scim+json"); // RFC 7644, 8.1
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String UNIT = "urn:antin:scim:schemas:1.0:Unit";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final Logger LOG = LoggerFactory.getLogger(Groups.class);
    private static final String RETRY_SECONDS = "30";

    private final Directory directory;
    private final String root;

    Groups(Directory directory, OidcSettings settings) {
        this.directory = directory;
        this.root = settings.issuer() + ROOT + "/Groups/";
    }

    @GetMapping("/Groups")
    ResponseEntity<Map<String, Object>> list(@RequestParam(required = false) @Nullable String filter,
        @RequestParam(required = false) @Nullable String startIndex, @RequestParam(required = false) @Nullable String count) {
        Paging paging = Paging.parse(startIndex, count);
        GroupFilter wanted = filter == null ? null : GroupFilter.parse(filter);
        List<Unit> found = directory.units().stream().filter(unit -> wanted == null || wanted.accepts(unit)).toList();
        List<Map<String, Object>> page = paging.of(found).stream().map(this::group).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("schemas", List.of(LIST));
        answer.put("totalResults", found.size());
        answer.put("startIndex", paging.startIndex());
        answer.put("itemsPerPage", page.size());
        answer.put("Resources", page);
        return answer(HttpStatus.OK, answer);
    }

    @GetMapping("/Groups/{id}")
    ResponseEntity<Map<String, Object>> one(@PathVariable String id) {
        // The directory does not tell case apart; an id does (RFC 7643, 3.1: caseExact).
        Unit unit = directory.unit(id).filter(found -> found.id().equals(id)).orElseThrow(Groups::nowhere);
        return answer(HttpStatus.OK, group(unit));
    }

    /** What SCIM has here and this version does not do. */
    @RequestMapping(path = "/Groups", method = RequestMethod.POST)
    ResponseEntity<Map<String, Object>> create() {
        throw new ScimRefusal(HttpStatus.NOT_IMPLEMENTED, null, "Groups can only be read.");
    }

    @RequestMapping(path = "/Groups/{id}", method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Map<String, Object>> change() {
        throw new ScimRefusal(HttpStatus.NOT_IMPLEMENTED, null, "Groups can only be read.");
    }

    /** What SCIM does not have here (RFC 7644, 3.2). */
    @RequestMapping(path = "/Groups", method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Map<String, Object>> notOnAList() {
        return notAllowed("GET, HEAD");
    }

    @RequestMapping(path = "/Groups/{id}", method = RequestMethod.POST)
    ResponseEntity<Map<String, Object>> notOnOne() {
        return notAllowed("GET, HEAD");
    }

    @RequestMapping("/**")
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
        LOG.error("SCIM failed", failure);
        return refused(new ScimRefusal(HttpStatus.INTERNAL_SERVER_ERROR, null, "Something went wrong here."));
    }

    private Map<String, Object> group(Unit unit) {
        Map<String, Object> extension = new LinkedHashMap<>();
        extension.put("level", unit.level());
        if (unit.parent() != null) {
            extension.put("parent", Map.of("value", unit.parent(), "$ref", root + unit.parent()));
        }
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("schemas", List.of(GROUP, UNIT));
        group.put("id", unit.id());
        group.put("displayName", unit.name());
        group.put(UNIT, extension);
        group.put("meta", Map.of("resourceType", "Group", "location", root + unit.id()));
        return group;
    }

    private static ScimRefusal nowhere() {
        return new ScimRefusal(HttpStatus.NOT_FOUND, null, "There is no such resource.");
    }

    private static ResponseEntity<Map<String, Object>> notAllowed(String allowed) {
        ScimRefusal refusal = new ScimRefusal(HttpStatus.METHOD_NOT_ALLOWED, null, "This can only be read.");
        return ResponseEntity.status(refusal.status()).contentType(SCIM_JSON).header(HttpHeaders.ALLOW, allowed).body(refusal.body());
    }

    private static ResponseEntity<Map<String, Object>> answer(HttpStatus status, Map<String, Object> body) {
        return ResponseEntity.status(status).contentType(SCIM_JSON).body(body);
    }
}
