package antin.backbone.admin;

import antin.directory.Role;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets administrators and auditors in, by the directory's word at each request, and tells the pages who acts. */
final class Gate implements HandlerInterceptor, HandlerMethodArgumentResolver {

    private static final Set<Role> LET_IN = EnumSet.of(Role.CITY_ADMINISTRATOR, Role.DISTRICT_ADMINISTRATOR, Role.COMMUNE_ADMINISTRATOR, Role.AUDITOR);
    static final String ACTOR = Gate.class.getName();

    private final Administration administration;

    Gate(Administration administration) {
        this.administration = administration;
    }

    static boolean isLetIn(Set<Role> roles) {
        return LET_IN.stream().anyMatch(roles::contains);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Principal present = request.getUserPrincipal();
        if (present == null) {
            throw new Problem(Kind.NOT_ALLOWED, "Nobody is logged in.");
        }
        Actor actor = administration.actor(present.getName());
        if (!isLetIn(actor.roles())) {
            throw new Problem(Kind.NOT_ALLOWED, "These pages are for administrators and auditors.");
        }
        request.setAttribute(ACTOR, actor);
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer page, NativeWebRequest request, @Nullable WebDataBinderFactory binders) {
        Object actor = request.getAttribute(ACTOR, RequestAttributes.SCOPE_REQUEST);
        if (actor == null) {
            throw new IllegalStateException("The page lies outside the gate.");
        }
        return actor;
    }
}
