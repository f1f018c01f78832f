package antin.directory.administration;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.Group;
import antin.directory.Group.BelowUnit;
import antin.directory.Group.Fixed;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.OfUnit;
import antin.directory.PersonEntry;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Rights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Groups of a unit. Whoever may see the unit whole sees them. */
public final class Groups {

    private final Desk desk;

    Groups(Desk desk) {
        this.desk = desk;
    }

    /** Those the actor may see, of one unit or of all; by name. */
    public List<Group> list(Actor actor, Optional<String> unit) {
        return desk.index().groups().stream().filter(group -> unit.isEmpty() || unit.get().equals(group.unit())).filter(group -> may(actor, Act.SEE_UNIT, group)).toList();
    }

    /** As the register has it now. What the actor may not see is not found. */
    public Seen<Group> see(Actor actor, String id) {
        return new Seen<>(desk.register().group(id).filter(group -> may(actor, Act.SEE_UNIT, group)).orElseThrow(Desk::notFound), true);
    }

    /** The first ones in alphabetical order. */
    public List<PersonEntry> members(Actor actor, String id, int most) {
        Group group = see(actor, id).entry();
        return desk.index().people(isMember(group)).stream().limit(most).map(person -> Rights.may(actor, Act.SEE_PERSON, desk.place(person)) ? person : People.publicPart(person)).toList();
    }

    public boolean may(Actor actor, Act act, Group group) {
        return Rights.may(actor, act, desk.place(group.unit()));
    }

    public Group create(Actor actor, Group wanted) {
        return desk.alone(() -> {
            Actor now = desk.fresh(actor);
            Map<String, String> what = Map.of("group", wanted.id(), "unit", wanted.unit());
            desk.trail().checked("directory.group.created", now.number(), what, () -> {
                desk.open(wanted.unit(), "unit");
                desk.require(now, Act.MANAGE_GROUPS, desk.place(wanted.unit()), "unit");
                return wanted;
            });
            requireSense(wanted.members(), Set.of());
            return desk.trail().kept("directory.group.created", now.number(), what, () -> {
                HistoryLine created = new HistoryLine(desk.clock().instant(), now.number(), "created", "", wanted.unit());
                Group added = desk.register().add(wanted.withHistory(List.of(created.text())).withRevision(0));
                desk.index().took(added);
                return added;
            });
        });
    }

    /** @param before what the actor saw, with its revision */
    public Group change(Actor actor, Group before, Group after) {
        return desk.alone(() -> {
            Actor now = desk.fresh(actor);
            Group current = current(before);
            Changes changes = Changes.of(current, after);
            if (changes.isEmpty()) {
                return current;
            }
            Map<String, String> what = Map.of("group", current.id(), "unit", current.unit(), "changed", changes.fields());
            requireManaged(now, "directory.group.changed", current, what);
            Desk.refuseUnless(current.id().equals(after.id()) && !changes.has("unit"), "unit", Reason.NOT_ALLOWED); // a group stays with its unit
            requireSense(after.members(), current.members() instanceof Fixed fixed ? fixed.people() : Set.of());
            return desk.trail().kept("directory.group.changed", now.number(), what, () -> {
                List<String> history = HistoryLine.appended(current.history(), changes.history(desk.clock().instant(), now.number()));
                Group written = desk.register().change(current, after.withHistory(history).withRevision(current.revision()));
                desk.index().took(written);
                return written;
            });
        });
    }

    /** Refused while a functional mailbox is opened to it. */
    public void remove(Actor actor, Group group) {
        desk.alone(() -> {
            Actor now = desk.fresh(actor);
            Group current = current(group);
            Map<String, String> what = Map.of("group", current.id(), "unit", current.unit());
            requireManaged(now, "directory.group.removed", current, what);
            Desk.refuseUnless(desk.index().mailboxes().stream().noneMatch(mailbox -> grantsTo(mailbox, current)), "", Reason.STILL_USED);
            return desk.trail().kept("directory.group.removed", now.number(), what, () -> {
                desk.register().remove(current);
                desk.index().removed(current);
                return current;
            });
        });
    }

    private void requireManaged(Actor actor, String act, Group group, Map<String, String> what) {
        desk.trail().checked(act, actor.number(), what, () -> {
            desk.require(actor, Act.MANAGE_GROUPS, desk.place(group.unit()), "");
            return group;
        });
    }

    private Group current(Group before) {
        Group current = desk.register().group(before.id()).orElseThrow(Desk::notFound);
        Desk.refuseUnless(current.revision() == before.revision(), "", Reason.CHANGED_MEANWHILE);
        return current;
    }

    /** @param had members who may stay, whatever became of them */
    private void requireSense(Group.Members members, Set<String> had) {
        switch (members) {
            case Fixed fixed -> fixed.people().stream().filter(number -> !had.contains(number)).forEach(number ->
                Desk.refuseUnless(desk.index().person(number).filter(PersonEntry::active).isPresent(), "members", Reason.UNKNOWN_PERSON));
            case OfUnit of -> desk.open(of.unit(), "rule");
            case BelowUnit below -> desk.open(below.unit(), "rule");
            case HeadsBelow heads -> {
                desk.open(heads.unit(), "rule");
                Desk.refuseUnless(desk.levels().words().contains(heads.level()), "rule", Reason.UNKNOWN_WORD);
            }
        }
    }

    private Predicate<PersonEntry> isMember(Group group) {
        Predicate<PersonEntry> rule = switch (group.members()) {
            case Fixed fixed -> person -> fixed.people().contains(person.number());
            case OfUnit of -> person -> person.unit().equals(of.unit());
            case BelowUnit below -> in(desk.index().tree().within(below.unit()));
            case HeadsBelow heads -> {
                Set<String> within = desk.index().tree().within(heads.unit());
                Set<String> numbers = desk.index().tree().entries().stream().filter(unit -> within.contains(unit.id()) && unit.level().equals(heads.level()))
                    .map(UnitEntry::head).flatMap(Optional::stream).collect(Collectors.toSet());
                yield person -> numbers.contains(person.number());
            }
        };
        return rule.and(PersonEntry::active);
    }

    private static Predicate<PersonEntry> in(Set<String> units) {
        return person -> units.contains(person.unit());
    }

    private static boolean grantsTo(FunctionalMailbox mailbox, Group group) {
        return Stream.concat(mailbox.mayRead().stream(), mailbox.maySend().stream()).anyMatch(new AGroup(group.id())::equals);
    }
}
