package antin.backbone.admin;

import antin.backbone.approval.ApprovalAct;
import antin.backbone.approval.Approvals;
import antin.backbone.approval.EndLogins;
import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.apppassword.AppPasswords;
import antin.otp.login.PersonFactors;
import antin.otp.login.PersonSessions;
import antin.otp.oidc.TokenFamilies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** How a person logs in, for their administrators: which factors, app passwords, sessions and connected programs there are, never a secret; and their end. */
@Controller
@RequestMapping("/admin/people/{number}/access")
final class AccessPages {

    private static final Set<String> TOLD = Set.of("ended", "revoked", "disconnected");

    private final Administration administration;
    private final PersonFactors factors;
    private final AppPasswords passwords;
    private final PersonSessions sessions;
    private final TokenFamilies families;
    private final Approvals approvals;
    private final EndLogins logins;

    AccessPages(Administration administration, PersonFactors factors, AppPasswords passwords, PersonSessions sessions, TokenFamilies families, Approvals approvals, EndLogins logins) {
        this.administration = administration;
        this.factors = factors;
        this.passwords = passwords;
        this.sessions = sessions;
        this.families = families;
        this.approvals = approvals;
        this.logins = logins;
    }

    @GetMapping
    ModelAndView access(Actor actor, @PathVariable String number, @RequestParam Optional<String> done) {
        PersonEntry person = person(actor, number, Act.SEE_ACCESS);
        return new ModelAndView("admin/person-access").addObject("person", person).addObject("devices", factors.devices(number)).addObject("passkeys", factors.passkeys(number))
            .addObject("backupCodes", factors.backupCodes(number)).addObject("passwords", passwords.list(number)).addObject("sessions", sessions.list(number, "")).addObject("applications", families.of(number))
            .addObject("may", May.of(act -> administration.people().may(actor, act, person), Act.END_LOGINS, Act.RESET_FACTORS))
            .addObject("told", done.filter(TOLD::contains).map(word -> "access.done." + word).orElse(""));
    }

    @PostMapping("/sessions/end")
    ModelAndView endSessions(Actor actor, @PathVariable String number, HttpServletRequest request) {
        person(actor, number, Act.END_LOGINS);
        logins.sessions(number, actor.number(), request.getRemoteAddr());
        return back(number, "ended");
    }

    @PostMapping("/applications/{id}/end")
    ModelAndView endApplication(Actor actor, @PathVariable String number, @PathVariable UUID id, HttpServletRequest request) {
        person(actor, number, Act.END_LOGINS);
        if (!logins.application(number, id, actor.number(), request.getRemoteAddr())) {
            throw new Problem(Kind.NOT_FOUND, "There is no such application.");
        }
        return back(number, "disconnected");
    }

    @PostMapping("/app-passwords/{id}/revoke")
    ModelAndView revoke(Actor actor, @PathVariable String number, @PathVariable UUID id, HttpServletRequest request) {
        person(actor, number, Act.END_LOGINS);
        if (logins.appPassword(number, id, actor.number(), request.getRemoteAddr()).isEmpty()) {
            throw new Problem(Kind.NOT_FOUND, "There is no such app password.");
        }
        return back(number, "revoked");
    }

    @PostMapping("/app-passwords/revoke")
    ModelAndView revokeAll(Actor actor, @PathVariable String number, HttpServletRequest request) {
        person(actor, number, Act.END_LOGINS);
        logins.appPasswords(number, actor.number(), request.getRemoteAddr());
        return back(number, "revoked");
    }

    @GetMapping("/reset")
    ModelAndView askBeforeAsking(Actor actor, @PathVariable String number) {
        return new ModelAndView("admin/person-factors").addObject("person", person(actor, number, Act.RESET_FACTORS)).addObject("reasonError", false).addObject("reason", "");
    }

    @PostMapping("/reset")
    ModelAndView askForReset(Actor actor, @PathVariable String number, @RequestParam(defaultValue = "") String reason, HttpServletRequest request) {
        PersonEntry person = person(actor, number, Act.RESET_FACTORS);
        if (reason.isBlank() || reason.length() > Approvals.LONGEST_REASON) {
            ModelAndView again = new ModelAndView("admin/person-factors").addObject("person", person).addObject("reasonError", true).addObject("reason", reason);
            again.setStatus(HttpStatus.UNPROCESSABLE_CONTENT);
            return again;
        }
        return Answers.seeOther("/approvals/" + approvals.ask(actor, ApprovalAct.FACTOR_RESET, number, reason, request.getRemoteAddr()).id());
    }

    private PersonEntry person(Actor actor, String number, Act act) {
        PersonEntry person = May.requireWhole(administration.people().see(actor, number));
        May.require(administration.people().may(actor, act, person));
        return person;
    }

    private static ModelAndView back(String number, String done) {
        return Answers.seeOther("/admin/people/" + number + "/access?done=" + done);
    }
}
