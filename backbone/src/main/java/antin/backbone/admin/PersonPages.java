package antin.backbone.admin;

import antin.directory.Group;
import antin.directory.PersonEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.Seen;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** A person: the whole entry, or its public part where no more is allowed, and what may be done about it. */
@Controller
@RequestMapping("/admin/people/{number}")
final class PersonPages {

    private final Administration administration;

    PersonPages(Administration administration) {
        this.administration = administration;
    }

    @GetMapping
    ModelAndView person(Actor actor, @PathVariable String number, @RequestParam Optional<String> done) {
        Seen<PersonEntry> seen = administration.people().see(actor, number);
        PersonEntry person = seen.entry();
        ModelMap model = new ModelMap("person", person).addAttribute("whole", seen.whole()).addAttribute("path", administration.units().path(person.unit()))
            .addAttribute("may", May.of(act -> administration.people().may(actor, act, person), Act.CHANGE_PERSON, Act.CHANGE_ROLES, Act.DISABLE_PERSON, Act.ENABLE_PERSON,
                Act.RESET_PASSWORD, Act.SEE_ACCESS))
            .addAttribute("mayPositions", May.administers(actor) && !actor.number().equals(number))
            .addAttribute("hasPhoto", administration.people().photo(actor, number).isPresent())
            .addAttribute("groups", administration.groups().list(actor, Optional.empty()).stream().filter(group -> isIn(group, person)).toList());
        Done.tell(model, done);
        return new ModelAndView("admin/person", model);
    }

    @GetMapping("/photo")
    ResponseEntity<byte[]> photo(Actor actor, @PathVariable String number) {
        return administration.people().photo(actor, number).map(jpeg -> ResponseEntity.ok().contentType(MediaType.IMAGE_JPEG).body(jpeg))
            .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private boolean isIn(Group group, PersonEntry person) {
        return switch (group.members()) {
            case Group.Fixed fixed -> fixed.people().contains(person.number());
            case Group.OfUnit rule -> rule.unit().equals(person.unit());
            case Group.BelowUnit rule -> isBelow(person.unit(), rule.unit());
            case Group.HeadsBelow rule -> administration.index().tree().headedBy(person.number()).stream()
                .anyMatch(unit -> unit.level().equals(rule.level()) && isBelow(unit.id(), rule.unit()));
        };
    }

    private boolean isBelow(String unit, String above) {
        return administration.units().path(unit).stream().anyMatch(part -> part.id().equals(above));
    }
}
