package antin.otp.login;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriUtils;

/**
 * Where a person goes after logging in: back to the client that asked, or to their account. It travels in the pages' own
 * addresses, so a stranger costs no session row; only these two places count, so it redirects nowhere else.
 */
public record Target(String path) {

    static final String AUTHORIZE = "/oauth2/authorize";
    private static final Target ACCOUNT = new Target("/account");

    /** From a form or an address, which anybody may have written. */
    static Target of(@Nullable String untrustedPath) {
        boolean fit = untrustedPath != null && untrustedPath.matches("/oauth2/authorize\\?[\\x21-\\x7e&&[^\"'<>\\\\]]{1,4000}");
        return untrustedPath != null && fit ? new Target(untrustedPath) : ACCOUNT;
    }

    static Target of(HttpServletRequest refused) {
        return of(refused.getRequestURI() + '?' + refused.getQueryString());
    }

    public boolean isAuthorization() {
        return !equals(ACCOUNT);
    }

    /** {@code page}, told where to go next. */
    public String through(String page) {
        return isAuthorization() ? page + "?to=" + UriUtils.encode(path, StandardCharsets.UTF_8) : page;
    }

    /** The answer to a form (RFC 9110, 15.4.4: See Other). */
    static ModelAndView seeOther(String address) {
        RedirectView view = new RedirectView(address);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExpandUriTemplateVariables(false);
        view.setExposeModelAttributes(false);
        return new ModelAndView(view);
    }
}
