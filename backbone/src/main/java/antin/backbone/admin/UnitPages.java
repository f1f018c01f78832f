package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.Seen;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A unit: where it is reached, who leads it, who works there, what stands below it, what happened to it. */
@Controller
final class UnitPages {

    private static final int MOST_STAFF = 60;

    private final Administration administration;

    UnitPages(Administration administration) {
        this.administration = administration;
    }

    @GetMapping("/admin/units/{id}")
    ModelAndView unit(Actor actor, @PathVariable String id, @RequestParam Optional<String> done) {
        Seen<UnitEntry> seen = administration.units().see(actor, id);
        UnitEntry unit = seen.entry();
        List<PersonEntry> staff = administration.units().staff(actor, unit.id());
        ModelMap model = new ModelMap("unit", unit).addAttribute("whole", seen.whole()).addAttribute("section", "units")
            .addAttribute("path", administration.units().path(unit.id())).addAttribute("below", administration.units().below(unit.id()))
            .addAttribute("people", administration.units().people(unit.id(), false)).addAttribute("all", administration.units().people(unit.id(), true))
            .addAttribute("staff", staff.subList(0, Math.min(staff.size(), MOST_STAFF))).addAttribute("more", staff.size() > MOST_STAFF)
            .addAttribute("groups", administration.groups().list(actor, Optional.of(unit.id())))
            .addAttribute("mailboxes", administration.mailboxes().list(actor, Optional.of(unit.id())))
            .addAttribute("may", May.of(act -> administration.units().may(actor, act, unit), Act.CHANGE_UNIT, Act.CREATE_UNIT, Act.MOVE_UNIT, Act.CLOSE_UNIT, Act.CREATE_PERSON,
                Act.MANAGE_GROUPS, Act.MANAGE_MAILBOXES));
        Done.tell(model, done);
        return new ModelAndView("admin/unit", model);
    }
}
