package antin.backbone.admin;

import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.otp.apppassword.EndedLogins;
import antin.otp.login.PersonSessions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What a person may do: roles, a new temporary password, the end of the account and its return. */
@Controller
@RequestMapping("/admin/people/{number}")
final class PersonRightsPages {

    private final Administration administration;
    private final PersonSessions sessions;
    private final EndedLogins ended;
    private final Approvals approvals;

    PersonRightsPages(Administration administration, PersonSessions sessions, EndedLogins ended, Approvals approvals) {
        this.administration = administration;
        this.sessions = sessions;
        this.ended = ended;
        this.approvals = approvals;
    }

    @GetMapping("/roles")
    ModelAndView roles(Actor actor, @PathVariable String number) {
        PersonEntry person = person(actor, number, Act.CHANGE_ROLES);
        return rolesPage(actor, person, person.roles());
    }

    @PostMapping("/roles")
    ModelAndView changeRoles(Actor actor, @PathVariable String number, Form form) {
        PersonEntry before = person(actor, number, Act.CHANGE_ROLES);
        Set<Role> chosen = EnumSet.noneOf(Role.class);
        form.all("role").forEach(word -> chosen.add(Role.of(word).orElseThrow(() -> new Refusal("role", Reason.UNKNOWN_WORD).problem())));
        Set<Role> grantable = administration.people().grantable(actor, before);
        before.roles().stream().filter(role -> !grantable.contains(role)).forEach(chosen::add); // boxes that cannot be changed are not sent
        try {
            Answers.requireRevision(form, before.revision());
            administration.people().change(actor, before, before.withRoles(chosen));
            return Answers.seeOther("/admin/people/" + number + "?done=changed");
        } catch (Refusal refusal) {
            PersonEntry now = May.requireWhole(administration.people().see(actor, number));
            return Answers.again(rolesPage(actor, now, chosen), refusal, form, Map.of());
        }
    }

    @GetMapping("/password")
    ModelAndView askBeforePassword(Actor actor, @PathVariable String number) {
        return new ModelAndView("admin/person-password").addObject("person", person(actor, number, Act.RESET_PASSWORD));
    }

    /** Shown in the answer itself, once, and kept nowhere: a reload asks again. */
    @PostMapping("/password")
    ModelAndView resetPassword(Actor actor, @PathVariable String number) {
        PersonEntry person = person(actor, number, Act.RESET_PASSWORD);
        // Whoever hands out the ticket for new factors must not know the password besides: both together are the person's login.
        May.require(!approvals.hasPart(actor.number(), ApprovalAct.FACTOR_RESET, number));
        String secret = administration.people().resetPassword(actor, number);
        sessions.end(number); // whoever is logged in with the former one
        return new ModelAndView("admin/person-password-shown").addObject("person", person).addObject("secret", secret);
    }

    @GetMapping("/disable")
    ModelAndView askBeforeDisabling(Actor actor, @PathVariable String number) {
        return confirmation("disable", person(actor, number, Act.DISABLE_PERSON));
    }

    @PostMapping("/disable")
    ModelAndView disable(Actor actor, @PathVariable String number, Form form) {
        return change(actor, number, Act.DISABLE_PERSON, form);
    }

    @GetMapping("/enable")
    ModelAndView askBeforeEnabling(Actor actor, @PathVariable String number) {
        return confirmation("enable", person(actor, number, Act.ENABLE_PERSON));
    }

    @PostMapping("/enable")
    ModelAndView enable(Actor actor, @PathVariable String number, Form form) {
        return change(actor, number, Act.ENABLE_PERSON, form);
    }

    private ModelAndView change(Actor actor, String number, Act act, Form form) {
        boolean active = act == Act.ENABLE_PERSON;
        PersonEntry before = person(actor, number, act);
        try {
            Answers.requireRevision(form, before.revision());
            administration.people().change(actor, before, before.withActive(active));
            if (!active) {
                ended.end(number, Optional.empty());
            }
            return Answers.seeOther("/admin/people/" + number + (active ? "?done=enabled" : "?done=disabled"));
        } catch (Refusal refusal) {
            return Answers.again(confirmation(active ? "enable" : "disable", person(actor, number, act)), refusal, form, Map.of());
        }
    }

    private PersonEntry person(Actor actor, String number, Act act) {
        PersonEntry person = May.requireWhole(administration.people().see(actor, number));
        May.require(administration.people().may(actor, act, person));
        return person;
    }

    private ModelAndView rolesPage(Actor actor, PersonEntry person, Set<Role> chosen) {
        return new ModelAndView("admin/person-roles").addObject("person", person).addObject("roles", Role.values()).addObject("chosen", chosen)
            .addObject("grantable", administration.people().grantable(actor, person));
    }

    private static ModelAndView confirmation(String act, PersonEntry person) {
        return new ModelAndView("admin/person-" + act).addObject("person", person);
    }
}
