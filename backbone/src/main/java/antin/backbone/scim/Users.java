package antin.backbone.scim;

import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.Found;
import antin.directory.rights.Actor;
import antin.otp.oidc.OidcSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /scim/v2/Users}: each active person is a User (RFC 7643, 4.1), with what is public about them. A system has no role, and so sees by the same
 * rights what anybody in the house sees.
 */
@RestController
@RequestMapping(ScimAnswers.ROOT)
final class Users {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final List<String> FILTERS = List.of("userName", "emails.value", "id");

    private final Administration administration;
    private final OidcSettings settings;

    Users(Administration administration, OidcSettings settings) {
        this.administration = administration;
        this.settings = settings;
    }

    @GetMapping("/Users")
    ResponseEntity<Map<String, Object>> list(Authentication system, @RequestParam(required = false) @Nullable String filter,
        @RequestParam(required = false) @Nullable String startIndex, @RequestParam(required = false) @Nullable String count) {
        Paging paging = Paging.parse(startIndex, count);
        if (filter == null) {
            Found<PersonEntry> found = administration.people().search(actor(system), "", Optional.empty(), false, paging.startIndex() - 1, paging.count());
            return ScimAnswers.list(paging, found.page(), found.total(), this::user);
        }
        EqualFilter wanted = EqualFilter.parse(filter, USER, FILTERS);
        List<PersonEntry> fits = administration.people().search(actor(system), wanted.value(), Optional.empty(), false, 0, Paging.MOST).page().stream()
            .filter(person -> wanted.accepts(wanted.attribute().equals("id") ? person.number() : person.address())).toList();
        return ScimAnswers.list(paging, paging.of(fits), fits.size(), this::user);
    }

    @GetMapping("/Users/{id}")
    ResponseEntity<Map<String, Object>> one(Authentication system, @PathVariable String id) {
        return ScimAnswers.one(user(administration.people().see(actor(system), id).entry()));
    }

    @RequestMapping(path = "/Users", method = RequestMethod.POST)
    ResponseEntity<Map<String, Object>> create() {
        throw ScimAnswers.readOnly("Users");
    }

    @RequestMapping(path = "/Users/{id}", method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Map<String, Object>> change() {
        throw ScimAnswers.readOnly("Users");
    }

    @RequestMapping(path = "/Users", method = {RequestMethod.PUT, RequestMethod.PATCH, RequestMethod.DELETE})
    ResponseEntity<Map<String, Object>> notOnAList() {
        return ScimAnswers.notAllowed();
    }

    @RequestMapping(path = "/Users/{id}", method = RequestMethod.POST)
    ResponseEntity<Map<String, Object>> notOnOne() {
        return ScimAnswers.notAllowed();
    }

    private static Actor actor(Authentication system) {
        return new Actor(system.getName(), Set.of(), Optional.empty());
    }

    private Map<String, Object> user(PersonEntry person) {
        String location = settings.issuer() + ScimAnswers.ROOT + "/Users/" + person.number();
        Map<String, Object> name = new LinkedHashMap<>();
        name.put("formatted", person.name());
        name.put("familyName", person.family());
        name.put("givenName", person.given());
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("schemas", List.of(USER));
        user.put("id", person.number());
        user.put("userName", person.address());
        user.put("name", name);
        user.put("displayName", person.name());
        if (!person.title().isEmpty()) {
            user.put("title", person.title());
        }
        user.put("preferredLanguage", person.language());
        user.put("active", person.active());
        user.put("emails", List.of(ScimAnswers.ordered("value", person.address(), "primary", true)));
        if (!person.phone().isEmpty()) {
            user.put("phoneNumbers", List.of(ScimAnswers.ordered("value", person.phone(), "type", "work")));
        }
        user.put("groups", List.of(ScimAnswers.ordered("value", person.unit(), "$ref", Groups.location(settings, person.unit()))));
        user.put("meta", ScimAnswers.ordered("resourceType", "User", "location", location));
        return user;
    }
}
