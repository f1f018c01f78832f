package antin.backbone.admin;

import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * An administrator asks that the device with an agency's key be handed over to this person (Decree 30/2020/NĐ-CP, Article 32.2b: only with the written leave of whoever is entitled to give it). A second one
 * allows it; the person then takes it over at signing-service.
 */
@Controller
@RequestMapping("/admin/people/{number}/handover")
final class HandoverPages {

    /** As signing-service names keys. */
    private static final String KEY = "[a-z0-9][a-z0-9-]{0,40}";

    private final Administration administration;
    private final Approvals approvals;

    HandoverPages(Administration administration, Approvals approvals) {
        this.administration = administration;
        this.approvals = approvals;
    }

    @GetMapping
    ModelAndView form(Actor actor, @PathVariable String number) {
        return form(person(actor, number), "", "", false);
    }

    @PostMapping
    ModelAndView ask(Actor actor, @PathVariable String number, @RequestParam(defaultValue = "") String key, @RequestParam(defaultValue = "") String reason, HttpServletRequest request) {
        PersonEntry person = person(actor, number);
        if (!key.strip().matches(KEY) || reason.isBlank() || reason.length() > Approvals.LONGEST_REASON) {
            ModelAndView again = form(person, key, reason, true);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        return Answers.seeOther("/approvals/" + approvals.ask(actor, ApprovalAct.AGENCY_KEY_HANDOVER, number, key.strip(), reason, request.getRemoteAddr()).id());
    }

    private PersonEntry person(Actor actor, String number) {
        PersonEntry person = May.requireWhole(administration.people().see(actor, number));
        May.require(person.active() && administration.people().may(actor, Act.CHANGE_POSITIONS, person));
        return person;
    }

    private static ModelAndView form(PersonEntry person, String key, String reason, boolean sent) {
        return new ModelAndView("admin/person-handover").addObject("person", person).addObject("key", key).addObject("reason", reason)
            .addObject("keyError", sent && !key.strip().matches(KEY)).addObject("reasonError", sent && (reason.isBlank() || reason.length() > Approvals.LONGEST_REASON));
    }
}
