package antin.backbone.admin;

import antin.directory.Role;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/**
 * The tree of units with counts. A page shows a unit, those below it and, to unfold, those one level further down: hundreds of units stay
 * quick and readable on a phone, and nothing needs a script.
 */
@Controller
final class TreePages {

    /** @param below one level down; empty where the page does not go further */
    record Branch(UnitEntry unit, int people, int all, int units, List<Branch> below) {
    }

    private final Administration administration;

    TreePages(Administration administration) {
        this.administration = administration;
    }

    @GetMapping("/admin")
    ModelAndView tree(Actor actor, @RequestParam Optional<String> unit) {
        ModelAndView page = new ModelAndView("admin/tree").addObject("section", "units");
        Optional<String> root = unit.or(() -> actor.scope().filter(scope -> !actor.roles().contains(Role.CITY_ADMINISTRATOR)));
        if (root.isPresent()) {
            UnitEntry top = administration.units().see(actor, root.get()).entry();
            return page.addObject("path", administration.units().path(top.id())).addObject("top", branch(top, 2)).addObject("mayCreate", May.administers(actor));
        }
        List<Branch> tops = administration.units().top().stream().map(top -> branch(top, 1)).toList(); // the city's administrators act for every tree, an auditor for none, and both see all
        return tops.size() == 1 ? tree(actor, Optional.of(tops.getFirst().unit().id())) : page.addObject("tops", tops);
    }

    private Branch branch(UnitEntry unit, int levels) {
        List<UnitEntry> below = administration.units().below(unit.id());
        return new Branch(unit, administration.units().people(unit.id(), false), administration.units().people(unit.id(), true), below.size(),
            levels == 0 ? List.of() : below.stream().map(next -> branch(next, levels - 1)).toList());
    }
}
