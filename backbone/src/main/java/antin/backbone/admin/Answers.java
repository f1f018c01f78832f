package antin.backbone.admin;

import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.view.RedirectView;

/** How a form is answered: by going on to another page, or by the same page again with what was typed and the reason beside its field. */
public final class Answers {

    /** What a page shows of a refusal. */
    public record Wrong(String field, String key) {
    }

    private Answers() {
    }

    /** RFC 9110, 15.4.4: a reload sends nothing twice. */
    public static ModelAndView seeOther(String address) {
        RedirectView view = new RedirectView(address);
        view.setStatusCode(HttpStatus.SEE_OTHER);
        view.setExpandUriTemplateVariables(false);
        view.setExposeModelAttributes(false);
        return new ModelAndView(view);
    }

    /** {@code present} is what the directory holds now, shown where somebody else was faster. */
    public static ModelAndView again(ModelAndView page, Refusal refusal, Form form, Map<String, String> present) {
        if (refusal.reason() == Reason.NOT_ALLOWED) {
            throw refusal.problem();
        }
        page.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        page.addObject("wrong", new Wrong(refusal.field(), key(refusal.reason())));
        page.addObject("values", form.values());
        if (refusal.reason() == Reason.CHANGED_MEANWHILE) {
            page.addObject("present", present);
        }
        return page;
    }

    static String key(Reason reason) {
        return "refusal." + reason.word();
    }

    /** Refuses a form that was made from another revision than the directory has now. */
    public static void requireRevision(Form form, long now) {
        if (form.revision() != now) {
            throw new Refusal("", Reason.CHANGED_MEANWHILE);
        }
    }
}
