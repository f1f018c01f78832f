package antin.backbone.admin;

import antin.directory.Body;
import antin.directory.Refusal;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Changes a unit, names its head, makes one below it, moves it, closes it. */
@Controller
@RequestMapping("/admin/units/{id}")
final class UnitFormPages {

    private final Administration administration;
    private final Typed typed;

    UnitFormPages(Administration administration) {
        this.administration = administration;
        this.typed = new Typed(administration);
    }

    @GetMapping("/edit")
    ModelAndView edit(Actor actor, @PathVariable String id) {
        UnitEntry unit = unit(actor, id, Act.CHANGE_UNIT);
        return page("admin/unit-edit", unit).addObject("values", UnitFields.of(unit));
    }

    @PostMapping("/edit")
    ModelAndView change(Actor actor, @PathVariable String id, Form form) {
        return write(actor, id, Act.CHANGE_UNIT, form, "admin/unit-edit", before -> UnitFields.changed(before, form), "changed");
    }

    @GetMapping("/head")
    ModelAndView head(Actor actor, @PathVariable String id) {
        UnitEntry unit = unit(actor, id, Act.CHANGE_UNIT);
        return page("admin/unit-head", unit).addObject("values", Map.of("head", unit.head().orElse("")));
    }

    /** The former head first steps down, so that nobody replaces one without having seen who it is. */
    @PostMapping("/head")
    ModelAndView changeHead(Actor actor, @PathVariable String id, Form form) {
        return write(actor, id, Act.CHANGE_UNIT, form, "admin/unit-head",
            before -> before.withHead(Optional.of(typed.person(actor, form, "head")).filter(number -> !number.isEmpty())), "changed");
    }

    @GetMapping("/new")
    ModelAndView blank(Actor actor, @PathVariable String id) {
        UnitEntry above = unit(actor, id, Act.CREATE_UNIT);
        return page("admin/unit-new", above).addObject("values", Map.of("level", above.level()));
    }

    @PostMapping("/new")
    ModelAndView create(Actor actor, @PathVariable String id, Form form) {
        UnitEntry above = unit(actor, id, Act.CREATE_UNIT);
        try {
            UnitEntry created = administration.units().create(actor, UnitFields.created(above.id(), form));
            return Answers.seeOther("/admin/units/" + created.id() + "?done=created");
        } catch (Refusal refusal) {
            return Answers.again(page("admin/unit-new", above), refusal, form, Map.of());
        }
    }

    @GetMapping("/move")
    ModelAndView askWhereTo(Actor actor, @PathVariable String id) {
        UnitEntry unit = unit(actor, id, Act.MOVE_UNIT);
        return page("admin/unit-move", unit).addObject("values", Map.of("level", unit.level())).addObject("units", typed.choices(actor));
    }

    @PostMapping("/move")
    ModelAndView move(Actor actor, @PathVariable String id, Form form) {
        return write(actor, id, Act.MOVE_UNIT, form, "admin/unit-move", before -> before.withPlace(form.text("level"), typed.unit(form, "parent")), "moved")
            .addObject("units", typed.choices(actor));
    }

    @GetMapping("/close")
    ModelAndView askBeforeClosing(Actor actor, @PathVariable String id) {
        return page("admin/unit-close", unit(actor, id, Act.CLOSE_UNIT));
    }

    @PostMapping("/close")
    ModelAndView close(Actor actor, @PathVariable String id, Form form) {
        UnitEntry unit = unit(actor, id, Act.CLOSE_UNIT);
        try {
            Answers.requireRevision(form, unit.revision());
            administration.units().close(actor, unit.id());
            return Answers.seeOther("/admin/units/" + unit.id() + "?done=closed");
        } catch (Refusal refusal) {
            return Answers.again(page("admin/unit-close", unit), refusal, form, Map.of());
        }
    }

    /** What a form makes of the unit; its values may be refused. */
    private interface Change {
        UnitEntry of(UnitEntry before);
    }

    private ModelAndView write(Actor actor, String id, Act act, Form form, String view, Change change, String done) {
        UnitEntry before = unit(actor, id, act);
        try {
            Answers.requireRevision(form, before.revision());
            administration.units().change(actor, before, change.of(before));
            return Answers.seeOther("/admin/units/" + before.id() + "?done=" + done);
        } catch (Refusal refusal) {
            UnitEntry now = unit(actor, id, act);
            return Answers.again(page(view, now), refusal, form, UnitFields.of(now));
        }
    }

    private UnitEntry unit(Actor actor, String id, Act act) {
        UnitEntry unit = May.requireWhole(administration.units().see(actor, id));
        May.require(administration.units().may(actor, act, unit));
        return unit;
    }

    private ModelAndView page(String view, UnitEntry unit) {
        return new ModelAndView(view).addObject("section", "units").addObject("unit", unit).addObject("levels", administration.levels().words())
            .addObject("bodies", Body.values()).addObject("path", administration.units().path(unit.id()))
            .addObject("people", administration.units().people(unit.id(), true)).addObject("below", administration.units().below(unit.id()).size());
    }
}
