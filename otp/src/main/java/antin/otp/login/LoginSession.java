package antin.otp.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.SecurityContextRepository;

/** Puts what was proven into the session, under a new id each time: an id that somebody planted before is worth nothing. */
public final class LoginSession {

    static final String BROWSER = "browser";
    static final String ADDRESS = "address";
    private static final int LONGEST_BROWSER = 300;

    private final SecurityContextRepository contexts;
    private final SessionAuthenticationStrategy strategy;

    LoginSession(SecurityContextRepository contexts, SessionAuthenticationStrategy strategy) {
        this.contexts = contexts;
        this.strategy = strategy;
    }

    /** For its owner's list of sessions. */
    private static void remember(HttpServletRequest request) {
        String browser = request.getHeader(HttpHeaders.USER_AGENT);
        request.getSession().setAttribute(BROWSER, browser == null ? "" : browser.substring(0, Math.min(browser.length(), LONGEST_BROWSER)));
        request.getSession().setAttribute(ADDRESS, request.getRemoteAddr());
    }

    /** A new session; whatever another person left in the old one is gone. */
    public void begin(Authentication proven, HttpServletRequest request, HttpServletResponse response) {
        HttpSession former = request.getSession(false);
        if (former != null) {
            former.invalidate();
        }
        keep(proven, request, response);
    }

    /** More was proven; from now on the session ends after so long without use. */
    void raise(Authentication proven, Duration idle, HttpServletRequest request, HttpServletResponse response) {
        keep(proven, request, response);
        request.getSession().setMaxInactiveInterval(Math.toIntExact(idle.toSeconds()));
    }

    private void keep(Authentication proven, HttpServletRequest request, HttpServletResponse response) {
        strategy.onAuthentication(proven, request, response);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(proven);
        SecurityContextHolder.setContext(context);
        contexts.saveContext(context, request, response);
        remember(request);
    }
}
