package antin.backbone;

import antin.directory.Person;
import antin.directory.Role;
import antin.otp.login.ActivePeople;
import antin.otp.login.Factors;
import jakarta.servlet.FilterChain;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Files come in at few addresses, from people who are logged in, and no larger than there is use for. It is asked before anything of the body is read: the
 * check of a form's token reads the whole form, and would write a stranger's files to disk first.
 */
final class Uploads extends OncePerRequestFilter {

    private static final long MEGABYTE = 1024 * 1024;
    private static final long REST_OF_FORM = 64 * 1024;
    private static final int KEPT_IN_MEMORY = 64 * 1024;
    private static final long LARGEST_IMPORT = 64 * MEGABYTE;
    private static final String IMPORT = "/admin/import";
    /** How large, by the address. */
    private static final Map<String, Long> LARGEST = Map.of(IMPORT, LARGEST_IMPORT, "/account/profile/photo", 5 * MEGABYTE, "/account/certificates", MEGABYTE / 4,
        "/account/certificates/outside", MEGABYTE / 16, "/account/certificates/outside/signature", MEGABYTE / 8, "/account/certificates/outside/requests/signature", MEGABYTE / 8);
    private static final Set<Role> IMPORTERS = EnumSet.of(Role.CITY_ADMINISTRATOR, Role.DISTRICT_ADMINISTRATOR, Role.COMMUNE_ADMINISTRATOR);

    private final Factors factors;
    private final ActivePeople people;
    private final HttpSessionSecurityContextRepository contexts;

    Uploads(Factors factors, ActivePeople people, HttpSessionSecurityContextRepository contexts) {
        this.factors = factors;
        this.people = people;
        this.contexts = contexts;
    }

    /** For the servlet behind this filter. */
    static MultipartConfigElement limits() {
        return new MultipartConfigElement("", LARGEST_IMPORT, LARGEST_IMPORT + REST_OF_FORM, KEPT_IN_MEMORY);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String type = request.getContentType();
        return type == null || !type.regionMatches(true, 0, "multipart/", 0, "multipart/".length());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain rest) throws ServletException, IOException {
        int refusal = refusal(request);
        if (refusal == 0) {
            rest.doFilter(request, response);
        } else {
            response.sendError(refusal);
        }
    }

    private int refusal(HttpServletRequest request) {
        Long largest = LARGEST.get(request.getRequestURI());
        if (largest == null) {
            return HttpServletResponse.SC_BAD_REQUEST;
        }
        if (!isAllowed(request)) {
            return HttpServletResponse.SC_FORBIDDEN;
        }
        long length = request.getContentLengthLong(); // browsers always tell it
        return length < 0 ? HttpServletResponse.SC_BAD_REQUEST : length > largest + REST_OF_FORM ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE : 0;
    }

    private boolean isAllowed(HttpServletRequest request) {
        Authentication present = contexts.loadDeferredContext(request).get().getAuthentication();
        Optional<Person> person = present == null || !factors.isComplete(present) ? Optional.empty() : people.find(present.getName());
        return person.filter(known -> !request.getRequestURI().equals(IMPORT) || known.roles().stream().anyMatch(IMPORTERS::contains)).isPresent();
    }
}
