package antin.backbone.admin;

import antin.directory.administration.Administration;
import antin.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Tells the layout of people's pages whether to link to these ones. The link gives no right; {@link Gate} asks again. */
@ControllerAdvice({"antin.otp.login", "antin.otp.account", "antin.otp.mailclient", "antin.backbone.admin", "antin.backbone.client", "antin.otp.oidc", "antin.backbone.profile", "antin.backbone.enrolment", "antin.backbone.external"})
final class Navigation {

    private final Administration administration;

    Navigation(Administration administration) {
        this.administration = administration;
    }

    @ModelAttribute("administers")
    boolean administers(@Nullable Authentication present, HttpServletRequest request) {
        if (present == null) {
            return false;
        }
        if (request.getAttribute(Gate.ACTOR) != null) {
            return true;
        }
        try {
            return Gate.isLetIn(administration.actor(present.getName()).roles());
        } catch (Problem e) {
            return false; // the page itself says what is away, where it matters
        }
    }
}
