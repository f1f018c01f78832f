package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** Creates a person, changes their data, moves them to another unit. */
@Controller
@RequestMapping("/admin/people")
final class PersonFormPages {

    private final Administration administration;
    private final Typed typed;

    PersonFormPages(Administration administration) {
        this.administration = administration;
        this.typed = new Typed(administration);
    }

    @GetMapping("/new")
    ModelAndView blank(Actor actor, @RequestParam(defaultValue = "") String unit) {
        May.requireAdministrator(actor);
        return newPage(actor).addObject("values", Map.of("unit", unit, "language", "vi"));
    }

    @PostMapping("/new")
    ModelAndView create(Actor actor, Form form) {
        try {
            PersonEntry wanted = PersonFields.created(administration.people().nextNumber(), typed.unit(form, "unit"), form);
            return Answers.seeOther("/admin/people/" + administration.people().create(actor, wanted).number() + "?done=created");
        } catch (Refusal refusal) {
            return Answers.again(newPage(actor), refusal, form, Map.of());
        }
    }

    @GetMapping("/{number}/edit")
    ModelAndView edit(Actor actor, @PathVariable String number) {
        PersonEntry person = whole(actor, number);
        return page("admin/person-edit", person).addObject("values", PersonFields.of(person));
    }

    @PostMapping("/{number}/edit")
    ModelAndView change(Actor actor, @PathVariable String number, Form form) {
        PersonEntry before = whole(actor, number);
        try {
            Answers.requireRevision(form, before.revision());
            administration.people().change(actor, before, PersonFields.changed(before, form));
            return Answers.seeOther("/admin/people/" + number + "?done=changed");
        } catch (Refusal refusal) {
            PersonEntry now = whole(actor, number);
            return Answers.again(page("admin/person-edit", now), refusal, form, PersonFields.of(now));
        }
    }

    @GetMapping("/{number}/transfer")
    ModelAndView askWhereTo(Actor actor, @PathVariable String number) {
        PersonEntry person = whole(actor, number);
        return transferPage(actor, person).addObject("values", Map.of("title", person.title()));
    }

    @PostMapping("/{number}/transfer")
    ModelAndView transfer(Actor actor, @PathVariable String number, Form form) {
        PersonEntry before = whole(actor, number);
        try {
            Answers.requireRevision(form, before.revision());
            administration.people().change(actor, before, before.withPlace(typed.unit(form, "unit"), form.text("title")));
            return Answers.seeOther("/admin/people/" + number + "?done=moved");
        } catch (Refusal refusal) {
            PersonEntry now = whole(actor, number);
            return Answers.again(transferPage(actor, now), refusal, form, PersonFields.of(now));
        }
    }

    private PersonEntry whole(Actor actor, String number) {
        return May.requireWhole(administration.people().see(actor, number));
    }

    private ModelAndView newPage(Actor actor) {
        return new ModelAndView("admin/person-new").addObject("units", typed.choices(actor));
    }

    private ModelAndView transferPage(Actor actor, PersonEntry person) {
        return page("admin/person-transfer", person).addObject("units", typed.choices(actor));
    }

    private static ModelAndView page(String view, PersonEntry person) {
        return new ModelAndView(view).addObject("person", person);
    }
}
