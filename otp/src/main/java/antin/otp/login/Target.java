package antin.otp.login;

import antin.otp.policy.Level;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;
import org.springframework.web.util.UriUtils;

/**
 * Where a person goes after logging in: back to the client that asked, or to a page of ours. It travels in the pages' own
 * addresses, so a stranger costs no session row; only these places count, so it redirects nowhere else.
 */
public record Target(String path) {

    static final String AUTHORIZE = "/oauth2/authorize";
    static final String DEVICE = "/oauth2/device_verification";
    static final String AGAIN = "/login/again";
    private static final Target ACCOUNT = new Target("/account");
    private static final String QUERY = "\\?[\\x21-\\x7e&&[^\"'<>\\\\#]]{1,4000}";
    private static final Pattern CLIENTS = Pattern.compile(AUTHORIZE + QUERY + '|' + DEVICE + "(" + QUERY + ")?");
    /** Segments without dots at their start, so that none leads upwards. */
    private static final Pattern PAGES = Pattern.compile("/(account|admin|approvals)(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}){0,8}(" + QUERY + ")?");

    /** From a form or an address, which anybody may have written. */
    public static Target of(@Nullable String untrustedPath) {
        boolean fit = untrustedPath != null && (CLIENTS.matcher(untrustedPath).matches() || PAGES.matcher(untrustedPath).matches());
        return untrustedPath != null && fit ? new Target(untrustedPath) : ACCOUNT;
    }

    /** Of a request that was refused for want of a login: clients and approvals are come back to, other pages start at the account. */
    static Target of(HttpServletRequest refused) {
        Target target = ofPage(refused);
        return target.isAuthorization() || target.path.startsWith("/approvals") ? target : ACCOUNT;
    }

    /** Of a request that only wants a younger proof. A form is not sent twice: its page is come back to where it has the same address. */
    static Target ofPage(HttpServletRequest refused) {
        return of(refused.getQueryString() == null || !refused.getMethod().equals("GET") ? refused.getRequestURI() : refused.getRequestURI() + '?' + refused.getQueryString());
    }

    /** Whether a client waits, and no page of ours. */
    public boolean isAuthorization() {
        return path.startsWith("/oauth2/");
    }

    /** Whether it is another place than the account, so that a form must carry it on. */
    public boolean isElsewhere() {
        return !equals(ACCOUNT);
    }

    /** {@code page}, told where to go next. */
    public String through(String page) {
        return isElsewhere() ? page + "?to=" + UriUtils.encode(path, StandardCharsets.UTF_8) : page;
    }

    /** The page that asks for a second factor anew, and then leads here. */
    public String again() {
        return AGAIN + "?to=" + UriUtils.encode(path, StandardCharsets.UTF_8);
    }

    /** The same, for a factor of that level. */
    public String again(Level level) {
        return again() + "&acr=" + UriUtils.encode(level.acr(), StandardCharsets.UTF_8);
    }

    /** Where a form's answer leads: to a client by a new navigation, since a redirect from the form itself would meet our own form-action 'self'. */
    String afterForm() {
        return isAuthorization() ? through(LoginPages.CONTINUE) : path;
    }

    /** The answer to a form (RFC 9110, 15.4.4: See Other). */
    public static ModelAndView seeOther(String address) {
        RedirectView view = new RedirectView(address);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExpandUriTemplateVariables(false);
        view.setExposeModelAttributes(false);
        return new ModelAndView(view);
    }
}
