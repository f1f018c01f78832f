package antin.backbone.scim;

import antin.directory.Directory;
import antin.directory.Unit;
import antin.otp.oidc.OidcSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /scim/v2/Groups}: each unit is a Group (RFC 7643, 4.2), with its level and its parent in an extension of ours. */
@RestController
@RequestMapping(ScimAnswers.ROOT)
final class Groups {

    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final List<String> FILTERS = List.of("displayName");
    private static final String UNIT = "urn:antin:scim:schemas:1.0:Unit";

    private final Directory directory;
    private final String root;

    Groups(Directory directory, OidcSettings settings) {
        this.directory = directory;
        this.root = location(settings, "");
    }

    /** Where the unit {@code id} is found. */
    static String location(OidcSettings settings, String id) {
        return settings.issuer() + ScimAnswers.ROOT + "/Groups/" + id;
    }

    @GetMapping("/Groups")
    ResponseEntity<Map<String, Object>> list(@RequestParam(required = false) @Nullable String filter,
        @RequestParam(required = false) @Nullable String startIndex, @RequestParam(required = false) @Nullable String count) {
        Paging paging = Paging.parse(startIndex, count);
        EqualFilter wanted = filter == null ? null : EqualFilter.parse(filter, GROUP, FILTERS);
        List<Unit> found = directory.units().stream().filter(unit -> wanted == null || wanted.accepts(unit.name())).toList();
        return ScimAnswers.list(paging, paging.of(found), found.size(), this::group);
    }

    @GetMapping("/Groups/{id}")
    ResponseEntity<Map<String, Object>> one(@PathVariable String id) {
        // The directory does not tell case apart; an id does (RFC 7643, 3.1: caseExact).
        return ScimAnswers.one(group(directory.unit(id).filter(found -> found.id().equals(id)).orElseThrow(ScimAnswers::nowhere)));
    }

    @RequestMapping(path = "/Groups", method = RequestMethod.POST)
    ResponseEntity<Map<String, Object>> create() {
        throw ScimAnswers.readOnly("Groups");
    }

    @RequestMapping(path = "/Groups/{id}", method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Map<String, Object>> change() {
        throw ScimAnswers.readOnly("Groups");
    }

    @RequestMapping(path = "/Groups", method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Map<String, Object>> notOnAList() {
        return ScimAnswers.notAllowed();
    }

    @RequestMapping(path = "/Groups/{id}", method = RequestMethod.POST)
    ResponseEntity<Map<String, Object>> notOnOne() {
        return ScimAnswers.notAllowed();
    }

    private Map<String, Object> group(Unit unit) {
        Map<String, Object> extension = new LinkedHashMap<>();
        extension.put("level", unit.level());
        if (unit.parent() != null) {
            extension.put("parent", ScimAnswers.ordered("value", unit.parent(), "$ref", root + unit.parent()));
        }
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("schemas", List.of(GROUP, UNIT));
        group.put("id", unit.id());
        group.put("displayName", unit.name());
        group.put(UNIT, extension);
        group.put("meta", ScimAnswers.ordered("resourceType", "Group", "location", root + unit.id()));
        return group;
    }
}
