package antin.directory.administration;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.PersonEntry;
import antin.directory.Refusal.Reason;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.directory.rights.Rights;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Functional mailboxes of a unit. Whoever may see the unit whole sees them. */
public final class Mailboxes {

    private final Desk desk;

    Mailboxes(Desk desk) {
        this.desk = desk;
    }

    /** Those the actor may see, of one unit or of all; by name. */
    public List<FunctionalMailbox> list(Actor actor, Optional<String> unit) {
        return desk.index().mailboxes().stream().filter(mailbox -> unit.isEmpty() || unit.get().equals(mailbox.unit())).filter(mailbox -> may(actor, Act.SEE_UNIT, mailbox)).toList();
    }

    /** As the register has it now. What the actor may not see is not found. */
    public Seen<FunctionalMailbox> see(Actor actor, String id) {
        return new Seen<>(desk.register().mailbox(id).filter(mailbox -> may(actor, Act.SEE_UNIT, mailbox)).orElseThrow(Desk::notFound), true);
    }

    public boolean may(Actor actor, Act act, FunctionalMailbox mailbox) {
        return Rights.may(actor, act, desk.place(mailbox.unit()));
    }

    public FunctionalMailbox create(Actor actor, FunctionalMailbox wanted) {
        return desk.alone(() -> {
            Actor now = desk.fresh(actor);
            Map<String, String> what = Map.of("mailbox", wanted.id(), "unit", wanted.unit());
            desk.trail().checked("directory.mailbox.created", now.number(), what, () -> {
                desk.open(wanted.unit(), "unit");
                desk.require(now, Act.MANAGE_MAILBOXES, desk.place(wanted.unit()), "unit");
                return wanted;
            });
            requireAddresses(wanted, Set.of());
            requireGrantees(wanted, Set.of());
            return desk.trail().kept("directory.mailbox.created", now.number(), what, () -> {
                HistoryLine created = new HistoryLine(desk.clock().instant(), now.number(), "created", "", wanted.unit());
                FunctionalMailbox added = desk.register().add(wanted.withHistory(List.of(created.text())).withRevision(0));
                desk.index().took(added);
                return added;
            });
        });
    }

    /** @param before what the actor saw, with its revision */
    public FunctionalMailbox change(Actor actor, FunctionalMailbox before, FunctionalMailbox after) {
        return desk.alone(() -> {
            Actor now = desk.fresh(actor);
            FunctionalMailbox current = current(before);
            Changes changes = Changes.of(current, after);
            if (changes.isEmpty()) {
                return current;
            }
            Map<String, String> what = Map.of("mailbox", current.id(), "unit", current.unit(), "changed", changes.fields());
            requireManaged(now, "directory.mailbox.changed", current, what);
            Desk.refuseUnless(current.id().equals(after.id()) && !changes.has("unit"), "unit", Reason.NOT_ALLOWED); // a mailbox stays with its unit
            if (after.active() && !current.active()) {
                desk.open(after.unit(), "unit");
            }
            Set<String> had = new HashSet<>(current.further());
            had.add(current.address());
            requireAddresses(after, had);
            requireGrantees(after, grantees(current));
            return desk.trail().kept("directory.mailbox.changed", now.number(), what, () -> {
                List<String> history = HistoryLine.appended(current.history(), changes.history(desk.clock().instant(), now.number()));
                FunctionalMailbox written = desk.register().change(current, after.withHistory(history).withRevision(current.revision()));
                desk.index().took(written);
                return written;
            });
        });
    }

    /** Only one that gets no mail any more. */
    public void remove(Actor actor, FunctionalMailbox mailbox) {
        desk.alone(() -> {
            Actor now = desk.fresh(actor);
            FunctionalMailbox current = current(mailbox);
            Map<String, String> what = Map.of("mailbox", current.id(), "unit", current.unit());
            requireManaged(now, "directory.mailbox.removed", current, what);
            Desk.refuseUnless(!current.active(), "status", Reason.STILL_USED);
            return desk.trail().kept("directory.mailbox.removed", now.number(), what, () -> {
                desk.register().remove(current);
                desk.index().removed(current);
                return current;
            });
        });
    }

    private void requireManaged(Actor actor, String act, FunctionalMailbox mailbox, Map<String, String> what) {
        desk.trail().checked(act, actor.number(), what, () -> {
            desk.require(actor, Act.MANAGE_MAILBOXES, desk.place(mailbox.unit()), "");
            return mailbox;
        });
    }

    private FunctionalMailbox current(FunctionalMailbox before) {
        FunctionalMailbox current = desk.register().mailbox(before.id()).orElseThrow(Desk::notFound);
        Desk.refuseUnless(current.revision() == before.revision(), "", Reason.CHANGED_MEANWHILE);
        return current;
    }

    private void requireAddresses(FunctionalMailbox mailbox, Set<String> had) {
        if (!had.contains(mailbox.address())) {
            desk.requireOurs(mailbox.address(), "mail");
        }
        mailbox.further().stream().filter(address -> !had.contains(address)).forEach(address -> desk.requireOurs(address, "further-mail"));
    }

    private void requireGrantees(FunctionalMailbox mailbox, Set<Grantee> had) {
        for (Grantee grantee : grantees(mailbox)) {
            if (!had.contains(grantee)) {
                switch (grantee) {
                    case OnePerson person -> Desk.refuseUnless(desk.index().person(person.number()).filter(PersonEntry::active).isPresent(), "grantee", Reason.UNKNOWN_PERSON);
                    case AGroup group -> Desk.refuseUnless(desk.index().group(group.id()).isPresent(), "grantee", Reason.UNKNOWN_GROUP);
                }
            }
        }
    }

    private static Set<Grantee> grantees(FunctionalMailbox mailbox) {
        Set<Grantee> grantees = new HashSet<>(mailbox.mayRead());
        grantees.addAll(mailbox.maySend());
        return grantees;
    }
}
