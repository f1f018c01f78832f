package antin.directory.administration;

import antin.directory.PersonEntry;
import antin.directory.UnitEntry;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Rights;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tree of units. What only counts and shows comes from the index. */
public final class Units {

    private final Desk desk;
    private final ChangeUnit changes;

    Units(Desk desk) {
        this.desk = desk;
        this.changes = new ChangeUnit(desk);
    }

    /** As the register has it now; without history for those who may see public data only. */
    public Seen<UnitEntry> see(Actor actor, String id) {
        UnitEntry unit = desk.register().unit(id).orElseThrow(Desk::notFound);
        boolean whole = may(actor, Act.SEE_UNIT, unit);
        return new Seen<>(whole ? unit : unit.withHistory(List.of()), whole);
    }

    public boolean may(Actor actor, Act act, UnitEntry unit) {
        return Rights.may(actor, act, desk.place(unit.id()));
    }

    /** Without a unit above them. */
    public List<UnitEntry> top() {
        return desk.index().tree().top();
    }

    /** Right below, closed ones included. */
    public List<UnitEntry> below(String id) {
        return desk.index().tree().below(id);
    }

    /** How many active people have their home in it, or in it and all units below. */
    public int people(String id, boolean withBelow) {
        return desk.index().active(withBelow ? desk.index().tree().within(id) : Set.of(id));
    }

    /** From the top down to the unit itself. */
    public List<UnitEntry> path(String id) {
        return desk.index().tree().path(id);
    }

    /** Who works there, at home or in a position that has not ended; the head first. Disabled people for those who may see them. */
    public List<PersonEntry> staff(Actor actor, String id) {
        LocalDate today = LocalDate.ofInstant(desk.clock().instant(), ZoneOffset.UTC);
        Optional<String> head = desk.index().tree().entry(id).flatMap(UnitEntry::head);
        return desk.index().people(person -> worksIn(person, id, today) && (person.active() || Rights.may(actor, Act.SEE_PERSON, desk.place(person)))).stream()
            .map(person -> Rights.may(actor, Act.SEE_PERSON, desk.place(person)) ? person : People.publicPart(person))
            .sorted(Comparator.comparing(person -> head.filter(person.number()::equals).isEmpty())).toList();
    }

    /** At home, or in a position that has not ended on this day. */
    public static boolean worksIn(PersonEntry person, String unit, LocalDate today) {
        return person.unit().equals(unit) || person.positions().stream().anyMatch(position -> position.unit().equals(unit) && (position.to() == null || !position.to().isBefore(today)));
    }

    /** Below its parent, or at the top, by those who may make trees. */
    public UnitEntry create(Actor actor, UnitEntry wanted) {
        return desk.alone(() -> changes.create(desk.fresh(actor), wanted));
    }

    /**
     * Changes what differs: another parent moves it with all below it, another status closes or opens it. A new head needs the old one taken away first.
     *
     * @param before what the actor saw, with its revision
     */
    public UnitEntry change(Actor actor, UnitEntry before, UnitEntry after) {
        return desk.alone(() -> changes.change(desk.fresh(actor), before, after));
    }

    /** Refused while somebody or something is in it or needs it. */
    public UnitEntry close(Actor actor, String id) {
        UnitEntry unit = desk.register().unit(id).orElseThrow(Desk::notFound);
        return change(actor, unit, unit.withActive(false));
    }
}
