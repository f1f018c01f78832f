package antin.directory.administration;

import antin.directory.FunctionalMailbox;
import antin.directory.Group;
import antin.directory.Group.BelowUnit;
import antin.directory.Group.Fixed;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.OfUnit;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Place;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a unit: first rights, then rules of the tree, then the register. Held alone, so that the tree is the same until it is written. */
final class ChangeUnit {

    private final Desk desk;

    ChangeUnit(Desk desk) {
        this.desk = desk;
    }

    UnitEntry create(Actor actor, UnitEntry wanted) {
        Map<String, String> what = Map.of("unit", wanted.id(), "parent", wanted.parent() == null ? "" : wanted.parent());
        desk.trail().checked("directory.unit.created", actor.number(), what, () -> {
            requirePlace(actor, wanted);
            return wanted;
        });
        requireLevel(wanted, Set.of());
        wanted.head().ifPresent(head -> requireHead(wanted.id(), head));
        return desk.trail().kept("directory.unit.created", actor.number(), what, () -> {
            HistoryLine created = new HistoryLine(desk.clock().instant(), actor.number(), "created", "", wanted.parent() == null ? "" : wanted.parent());
            UnitEntry added = desk.register().add(wanted.withHistory(List.of(created.text())).withRevision(0));
            desk.index().took(added);
            return added;
        });
    }

    UnitEntry change(Actor actor, UnitEntry before, UnitEntry after) {
        if (!before.id().equals(after.id())) {
            throw new Refusal("id", Reason.EXISTS);
        }
        UnitEntry current = desk.register().unit(before.id()).orElseThrow(Desk::notFound);
        Desk.refuseUnless(current.revision() == before.revision(), "", Reason.CHANGED_MEANWHILE);
        desk.index().took(current);
        Changes changes = Changes.of(current, after);
        if (changes.isEmpty()) {
            return current;
        }
        Map<String, String> what = Map.of("unit", current.id(), "changed", changes.fields());
        desk.trail().checked("directory.unit.changed", actor.number(), what, () -> {
            requireRights(actor, current, after, changes);
            return current;
        });
        requireSense(current, after, changes);
        return desk.trail().kept("directory.unit.changed", actor.number(), what, () -> {
            List<String> history = HistoryLine.appended(current.history(), changes.history(desk.clock().instant(), actor.number()));
            UnitEntry written = desk.register().change(current, after.withHistory(history).withRevision(current.revision()));
            desk.index().took(written);
            return written;
        });
    }

    private void requireRights(Actor actor, UnitEntry current, UnitEntry after, Changes changes) {
        Place place = desk.place(current.id());
        changes.firstBeside("parent", "status").ifPresent(field -> desk.require(actor, Act.CHANGE_UNIT, place, field));
        if (changes.has("status")) {
            desk.require(actor, Act.CLOSE_UNIT, place, "status");
        }
        if (changes.has("parent")) {
            desk.require(actor, Act.MOVE_UNIT, place, "parent");
            requirePlace(actor, after);
        }
    }

    /** A new place in the tree, where the actor may put units. */
    private void requirePlace(Actor actor, UnitEntry unit) {
        String parent = unit.parent();
        if (parent == null) {
            desk.require(actor, Act.CREATE_TOP_UNIT, new Place(List.of(unit.id()), Optional.empty(), Set.of()), "parent");
        } else {
            desk.open(parent, "parent");
            desk.require(actor, Act.CREATE_UNIT, desk.place(parent), "parent");
        }
    }

    private void requireSense(UnitEntry current, UnitEntry after, Changes changes) {
        if (changes.has("parent")) {
            Desk.refuseUnless(after.parent() == null || !desk.index().tree().within(after.id()).contains(after.parent()), "parent", Reason.BELOW_ITSELF);
        }
        if (changes.has("parent", "level")) {
            requireLevel(after, Set.copyOf(desk.index().tree().below(after.id())));
        }
        if (changes.has("head")) {
            Desk.refuseUnless(current.head().isEmpty() || after.head().isEmpty(), "head", Reason.TWO_HEADS);
            after.head().ifPresent(head -> requireHead(after.id(), head));
        }
        if (changes.has("status")) {
            if (after.active()) {
                openAbove(after.parent());
            } else {
                requireEmpty(after);
            }
        }
    }

    /** Its level is one of ours and fits below the unit above, and those below fit it. */
    private void requireLevel(UnitEntry unit, Set<UnitEntry> below) {
        Desk.refuseUnless(desk.levels().words().contains(unit.level()), "level", Reason.UNKNOWN_WORD);
        String parent = unit.parent();
        if (parent != null) {
            String above = desk.open(parent, "parent").level();
            Desk.refuseUnless(desk.levels().mayStandBelow(unit.level(), above), "level", Reason.WRONG_LEVEL);
        }
        below.forEach(lower -> Desk.refuseUnless(desk.levels().mayStandBelow(lower.level(), unit.level()), "level", Reason.WRONG_LEVEL));
    }

    private void requireHead(String unit, String number) {
        PersonEntry head = desk.index().person(number).filter(PersonEntry::active).orElseThrow(() -> new Refusal("head", Reason.UNKNOWN_PERSON));
        Desk.refuseUnless(Units.worksIn(head, unit, today()), "head", Reason.NOT_A_MEMBER);
    }

    private void requireEmpty(UnitEntry unit) {
        String id = unit.id();
        boolean nobody = desk.index().people(person -> person.active() && Units.worksIn(person, id, today())).isEmpty();
        Desk.refuseUnless(nobody && desk.index().tree().below(id).stream().noneMatch(UnitEntry::active), "status", Reason.NOT_EMPTY);
        boolean needed = unit.head().isPresent() || desk.index().groups().stream().anyMatch(group -> needs(group, id))
            || desk.index().mailboxes().stream().filter(FunctionalMailbox::active).anyMatch(mailbox -> mailbox.unit().equals(id));
        Desk.refuseUnless(!needed, "status", Reason.STILL_USED);
    }

    private static boolean needs(Group group, String unit) {
        return group.unit().equals(unit) || switch (group.members()) {
            case Fixed fixed -> false;
            case OfUnit of -> of.unit().equals(unit);
            case BelowUnit below -> below.unit().equals(unit);
            case HeadsBelow heads -> heads.unit().equals(unit);
        };
    }

    private void openAbove(@Nullable String parent) {
        if (parent != null) {
            desk.open(parent, "parent");
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(desk.clock().instant(), ZoneOffset.UTC);
    }
}
