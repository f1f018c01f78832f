package antin.backbone.admin;

import antin.directory.administration.Administration;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page here needs. */
@ControllerAdvice(basePackageClasses = AdminModel.class)
final class AdminModel {

    private final Administration administration;
    private final MessageSource messages;

    AdminModel(Administration administration, MessageSource messages) {
        this.administration = administration;
        this.messages = messages;
    }

    @ModelAttribute("words")
    Words words(Locale locale) {
        return new Words(messages, locale, administration);
    }

    @ModelAttribute("signedIn")
    boolean signedIn() {
        return true;
    }

    /** Which entry of the menu is present; pages that are one say so themselves. */
    @ModelAttribute("section")
    String section() {
        return "people";
    }

    @ModelAttribute("wide")
    boolean wide() {
        return true;
    }
}
