package antin.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What the layout of every page needs. */
@ControllerAdvice
final class PageModel {

    private final Languages languages;

    PageModel(Languages languages) {
        this.languages = languages;
    }

    @ModelAttribute("languages")
    List<Languages.Choice> languages(HttpServletRequest request, Locale locale) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String query = request.getMethod().equals("GET") && request.getQueryString() != null ? "?" + request.getQueryString() : "";
        return languages.choices((failed == null ? request.getRequestURI() : failed) + query, locale);
    }

    /** Times in the reader's form. */
    @ModelAttribute("times")
    ReaderTimes times() {
        return new ReaderTimes();
    }
}
