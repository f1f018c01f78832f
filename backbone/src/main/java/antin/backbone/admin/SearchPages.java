package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.Found;
import antin.directory.rights.Actor;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Finds people by name without marks, address, phone, number or position. */
@Controller
final class SearchPages {

    private static final int SIZE = 25;
    private static final int LONGEST = 100;
    private static final int LAST_PAGE = 2_000;

    private final Administration administration;
    private final Typed typed;

    SearchPages(Administration administration) {
        this.administration = administration;
        this.typed = new Typed(administration);
    }

    @GetMapping("/admin/search")
    ModelAndView search(Actor actor, Form form) {
        String query = form.text("q");
        Optional<String> below = Optional.of(typed.unit(form, "unit")).filter(unit -> !unit.isEmpty());
        boolean withDisabled = !form.text("all").isEmpty();
        int page = page(form.text("page"));
        ModelAndView answer = new ModelAndView("admin/search").addObject("section", "search").addObject("values", form.values()).addObject("query", query)
            .addObject("unit", below.orElse("")).addObject("unknownUnit", below.isPresent() && administration.units().path(below.get()).isEmpty()).addObject("all", withDisabled);
        if (query.isEmpty() && below.isEmpty()) {
            return answer;
        }
        String bounded = query.length() > LONGEST ? query.substring(0, LONGEST) : query;
        Found<PersonEntry> found = administration.people().search(actor, bounded, below, withDisabled, (page - 1) * SIZE, SIZE);
        return answer.addObject("found", found).addObject("page", page).addObject("first", (page - 1) * SIZE + 1)
            .addObject("last", (page - 1) * SIZE + found.page().size()).addObject("pages", (found.total() + SIZE - 1) / SIZE);
    }

    private static int page(String text) {
        return text.matches("[1-9][0-9]{0,3}") ? Math.min(Integer.parseInt(text), LAST_PAGE) : 1;
    }
}
