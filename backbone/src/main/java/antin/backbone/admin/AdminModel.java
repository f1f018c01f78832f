package antin.backbone.admin;

import antin.directory.Role;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import antin.directory.rights.Rights;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page here needs. */
@ControllerAdvice(basePackages = {"antin.backbone.admin", "antin.backbone.client", "antin.backbone.enrolment.admin", "antin.backbone.external.admin"})
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

    /** Whether the menu leads to the clients. */
    @ModelAttribute("managesClients")
    boolean managesClients(HttpServletRequest request) {
        return request.getAttribute(Gate.ACTOR) instanceof Actor actor && Rights.may(actor, Act.MANAGE_CLIENTS, Place.ofCity());
    }

    /** Whether the menu leads to the certificates. */
    @ModelAttribute("seesCertificates")
    boolean seesCertificates(HttpServletRequest request) {
        return request.getAttribute(Gate.ACTOR) instanceof Actor actor && (Rights.may(actor, Act.CHANGE_SETTINGS, Place.ofCity()) || actor.roles().contains(Role.AUDITOR));
    }

    @ModelAttribute("wide")
    boolean wide() {
        return true;
    }
}
