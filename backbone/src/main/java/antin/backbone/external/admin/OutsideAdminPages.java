package antin.backbone.external.admin;

import antin.backbone.external.AskOutside;
import antin.directory.Person;
import antin.directory.rights.Actor;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/** What those whom I administer asked of outside authorities and what is still open; each is followed on its own page. */
@Controller
public final class OutsideAdminPages {

    private final AskOutside ask;

    public OutsideAdminPages(AskOutside ask) {
        this.ask = ask;
    }

    @GetMapping("/admin/outside-requests")
    ModelAndView open(Actor actor, @ModelAttribute(value = "person", binding = false) Person person) {
        return new ModelAndView("admin/outside-requests").addObject("open", ask.open(person)).addObject("section", "certificates");
    }
}
