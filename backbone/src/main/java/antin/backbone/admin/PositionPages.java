package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Positions in units besides the home unit: add one, end one. Administrators of the position's unit may, not those of the person's alone. */
@Controller
@RequestMapping("/admin/people/{number}/positions")
final class PositionPages {

    /** As people here write a date, and as a browser's date field sends it. */
    private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.ISO_LOCAL_DATE,
        DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT));

    private final Administration administration;
    private final Typed typed;

    PositionPages(Administration administration) {
        this.administration = administration;
        this.typed = new Typed(administration);
    }

    @GetMapping
    ModelAndView positions(Actor actor, @PathVariable String number) {
        May.requireAdministrator(actor);
        return page(actor, person(actor, number)).addObject("values", Map.of());
    }

    @PostMapping
    ModelAndView add(Actor actor, @PathVariable String number, Form form) {
        May.requireAdministrator(actor);
        PersonEntry before = entry(actor, number);
        try {
            Answers.requireRevision(form, before.revision());
            Position added = position(typed.unit(form, "unit"), date(form, "from"), date(form, "to"), form.text("title"));
            if (before.positions().contains(added)) {
                throw new Refusal("unit", Reason.EXISTS);
            }
            List<Position> positions = new ArrayList<>(before.positions());
            positions.add(added);
            administration.people().change(actor, before, before.withPositions(positions));
            return Answers.seeOther("/admin/people/" + number + "?done=changed");
        } catch (Refusal refusal) {
            return again(actor, number, refusal, form);
        }
    }

    /** The last day, included. */
    @PostMapping("/end")
    ModelAndView end(Actor actor, @PathVariable String number, Form form) {
        May.requireAdministrator(actor);
        PersonEntry before = entry(actor, number);
        try {
            Answers.requireRevision(form, before.revision());
            Position ended = before.positions().stream().filter(position -> position.text().equals(form.text("position"))).findFirst()
                .orElseThrow(() -> new Refusal("", Reason.CHANGED_MEANWHILE));
            LocalDate last = date(form, "last");
            if (last == null) {
                throw new Refusal("last", Reason.MISSING);
            }
            List<Position> positions = new ArrayList<>(before.positions());
            positions.set(positions.indexOf(ended), position(ended.unit(), ended.from(), last, ended.title()));
            administration.people().change(actor, before, before.withPositions(positions));
            return Answers.seeOther("/admin/people/" + number + "?done=changed");
        } catch (Refusal refusal) {
            return again(actor, number, refusal, form);
        }
    }

    /** What a position may be refused for is its unit: the title and the dates were checked before. */
    private ModelAndView again(Actor actor, String number, Refusal refusal, Form form) {
        Refusal told = refusal.field().equals("positions") ? new Refusal("unit", refusal.reason()) : refusal;
        return Answers.again(page(actor, person(actor, number)), told, form, Map.of());
    }

    /** Whole, also for those who see the public part only: they change the positions in their own units and leave the rest as it is. */
    private PersonEntry entry(Actor actor, String number) {
        return administration.register().person(person(actor, number).number()).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such person."));
    }

    private PersonEntry person(Actor actor, String number) {
        return administration.people().see(actor, number).entry();
    }

    private ModelAndView page(Actor actor, PersonEntry person) {
        return new ModelAndView("admin/person-positions").addObject("person", person).addObject("units", typed.choices(actor));
    }

    private static Position position(String unit, @Nullable LocalDate from, @Nullable LocalDate to, String title) {
        if (title.isEmpty()) {
            throw new Refusal("title", Reason.MISSING);
        }
        if (from != null && to != null && to.isBefore(from)) {
            throw new Refusal("to", Reason.DATES_CROSS);
        }
        try {
            return new Position(unit, from, to, title);
        } catch (IllegalArgumentException e) {
            throw new Refusal("title", title.length() > 200 ? Reason.TOO_LONG : Reason.CONTROL_CHARACTER);
        }
    }

    private static @Nullable LocalDate date(Form form, String field) {
        String text = form.text(field);
        if (text.isEmpty()) {
            return null;
        }
        for (DateTimeFormatter format : DATES) {
            try {
                return LocalDate.parse(text, format);
            } catch (DateTimeParseException e) {
                // the next form of a date may fit
            }
        }
        throw new Refusal(field, Reason.MALFORMED);
    }
}
