package antin.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.WebUtils;

/**
 * Vietnamese first, English second. A link {@code ?lang=en} chooses and is remembered in a cookie, so it works without a
 * script; otherwise the browser's own languages decide.
 */
final class Languages implements LocaleResolver, HandlerInterceptor {

    /** One entry of the switch. */
    public record Choice(String code, String label, String link, boolean present) {
    }

    static final Locale VIETNAMESE = Locale.of("vi", "VN");
    private static final List<Locale> SUPPORTED = List.of(VIETNAMESE, Locale.ENGLISH);
    private static final String PARAMETER = "lang";
    private static final String COOKIE = "__Host-language";

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Cookie cookie = WebUtils.getCookie(request, COOKIE);
        return supported(request.getParameter(PARAMETER))
            .or(() -> supported(cookie == null ? null : cookie.getValue()))
            .orElseGet(() -> preferred(request.getHeader("Accept-Language")));
    }

    @Override
    public void setLocale(HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale locale) {
        throw new UnsupportedOperationException("The language is chosen by a link.");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        supported(request.getParameter(PARAMETER)).ifPresent(chosen -> {
            Cookie cookie = new Cookie(COOKIE, chosen.getLanguage());
            cookie.setPath("/");
            cookie.setSecure(true);
            cookie.setHttpOnly(true);
            cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
            cookie.setAttribute("SameSite", "Lax");
            response.addCookie(cookie);
        });
        return true;
    }

    /** The switch for the page at {@code pathAndQuery}. */
    List<Choice> choices(String pathAndQuery, Locale present) {
        return SUPPORTED.stream().map(locale -> new Choice(locale.getLanguage(), locale == VIETNAMESE ? "Tiếng Việt" : "English",
            UriComponentsBuilder.fromUriString(pathAndQuery).replaceQueryParam(PARAMETER, locale.getLanguage()).build().toUriString(),
            locale.getLanguage().equals(present.getLanguage()))).toList();
    }

    private static Optional<Locale> supported(@Nullable String code) {
        return SUPPORTED.stream().filter(locale -> locale.getLanguage().equals(code)).findFirst();
    }

    private static Locale preferred(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.length() > 500) {
            return VIETNAMESE;
        }
        try {
            Locale found = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), List.of(Locale.of("vi"), Locale.ENGLISH));
            return found == null ? VIETNAMESE : supported(found.getLanguage()).orElse(VIETNAMESE);
        } catch (IllegalArgumentException e) {
            return VIETNAMESE; // a malformed header
        }
    }
}
