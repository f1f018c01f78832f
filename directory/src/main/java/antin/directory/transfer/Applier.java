package antin.directory.transfer;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.HistoryLine;
import antin.directory.administration.Units;
import antin.directory.rights.Act;
import antin.directory.rights.Actor;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Makes the directory what one record wants, in the name of the person who imports. Safe for use by many threads; a record twice changes nothing the second time. */
final class Applier {

    private static final int TRIES = 5;

    private final Administration administration;
    private final String number;
    private final Clock clock;

    Applier(Administration administration, String number, Clock clock) {
        this.administration = administration;
        this.number = number;
        this.clock = clock;
    }

    /** Throws {@link Problem} PEER_UNAVAILABLE where the directory is away: then nobody knows, and asking again is safe. */
    Outcome apply(Entry entry) {
        return switch (entry.kind()) {
            case PERSON -> tried(entry, () -> person(entry));
            case UNIT -> tried(entry, () -> unit(entry));
            case HEAD -> tried(entry, () -> head(entry));
            case UNKNOWN -> Outcome.refused(entry.problems());
        };
    }

    /**
     * What an entry that needs no change now was to this import when its journal may have missed a record: its last line of history tells whether we were there.
     *
     * @param since when the import began
     */
    Outcome afterDoubt(Entry entry, Instant since) {
        List<String> history = entry.kind() == Entry.Kind.PERSON ? administration.register().person(entry.key()).map(PersonEntry::history).orElse(List.of())
            : administration.register().unit(entry.key()).map(UnitEntry::history).orElse(List.of());
        Optional<HistoryLine> last = history.isEmpty() ? Optional.empty() : HistoryLine.parse(history.getLast());
        return last.filter(line -> line.by().equals(number) && !line.time().isBefore(since.truncatedTo(ChronoUnit.SECONDS)))
            .map(line -> line.what().equals("created") ? Outcome.ADDED : Outcome.CHANGED).orElse(Outcome.UNCHANGED);
    }

    private Outcome tried(Entry entry, Supplier<Outcome> act) {
        Refusal last = new Refusal("", Reason.CHANGED_MEANWHILE);
        for (int i = 0; i < TRIES; i++) {
            try {
                return act.get();
            } catch (Refusal e) {
                last = e;
                if (e.reason() != Reason.CHANGED_MEANWHILE && !(e.reason() == Reason.EXISTS && Set.of("number", "id").contains(e.field()))) {
                    break;
                }
                lookAgain(entry);
            } catch (Problem e) {
                if (e.kind() != Kind.NOT_ALLOWED && e.kind() != Kind.NOT_FOUND) {
                    throw e;
                }
                last = new Refusal("", Reason.NOT_ALLOWED);
                break;
            }
        }
        return Outcome.refused(List.of(Wanted.of(entry, last.field(), last.reason())));
    }

    /** The index may be a little behind what others wrote. */
    private void lookAgain(Entry entry) {
        if (entry.kind() == Entry.Kind.PERSON) {
            administration.register().person(entry.key()).ifPresent(administration.index()::took);
        } else {
            administration.register().unit(entry.key()).ifPresent(administration.index()::took);
        }
    }

    private Outcome person(Entry entry) {
        Optional<PersonEntry> present = administration.index().person(entry.key());
        Wanted<PersonEntry> wanted = PersonLine.read(entry, present);
        PersonEntry person = wanted.entry();
        if (person == null) {
            return Outcome.refused(wanted.problems());
        }
        Set<String> leads = administration.index().tree().headedBy(person.number()).stream().map(UnitEntry::id).collect(Collectors.toSet());
        Set<String> toLead = PersonLine.headOf(entry).orElse(leads);
        Set<String> gained = new HashSet<>(toLead);
        gained.removeAll(leads);
        gained.forEach(unit -> requireFree(unit, person));
        Outcome outcome = present.isEmpty() ? added(person) : changed(entry, person, present.get());
        for (String unit : leads) {
            if (!toLead.contains(unit)) {
                lead(unit, Optional.of(person.number()), Optional.empty());
            }
        }
        gained.forEach(unit -> lead(unit, Optional.empty(), Optional.of(person.number())));
        return outcome == Outcome.UNCHANGED && !leads.equals(toLead) ? Outcome.CHANGED : outcome;
    }

    private Outcome added(PersonEntry person) {
        administration.people().create(actor(), person);
        return Outcome.ADDED;
    }

    private Outcome changed(Entry entry, PersonEntry person, PersonEntry present) {
        if (PersonLine.isSame(person, present)) {
            return Outcome.UNCHANGED;
        }
        PersonEntry fresh = administration.register().person(present.number()).orElse(present);
        administration.index().took(fresh);
        PersonEntry again = PersonLine.read(entry, Optional.of(fresh)).entry();
        if (again == null || PersonLine.isSame(again, fresh)) {
            return Outcome.UNCHANGED;
        }
        administration.people().change(actor(), fresh, again);
        return Outcome.CHANGED;
    }

    private Outcome unit(Entry entry) {
        Optional<UnitEntry> present = administration.index().tree().entry(entry.key());
        Wanted<UnitEntry> wanted = UnitLine.read(entry, present);
        UnitEntry unit = wanted.entry();
        if (unit == null) {
            return Outcome.refused(wanted.problems());
        }
        if (present.isEmpty()) {
            administration.units().create(actor(), unit);
            return Outcome.ADDED;
        }
        if (UnitLine.isSame(unit, present.get())) {
            return Outcome.UNCHANGED;
        }
        UnitEntry fresh = administration.register().unit(unit.id()).orElse(present.get());
        administration.index().took(fresh);
        UnitEntry again = UnitLine.read(entry, Optional.of(fresh)).entry();
        if (again == null || UnitLine.isSame(again, fresh)) {
            return Outcome.UNCHANGED;
        }
        administration.units().change(actor(), fresh, again);
        return Outcome.CHANGED;
    }

    private Outcome head(Entry entry) {
        String head = entry.text("head").orElse("");
        UnitEntry unit = administration.index().tree().entry(entry.key()).orElseThrow(() -> new Refusal("id", Reason.UNKNOWN_UNIT));
        if (unit.head().filter(head::equals).isPresent()) {
            return Outcome.UNCHANGED;
        }
        UnitEntry fresh = administration.register().unit(unit.id()).orElse(unit);
        administration.units().change(actor(), fresh, fresh.withHead(Optional.of(head)));
        return Outcome.CHANGED;
    }

    /** Asked before the person is written, so that a record is taken as a whole. */
    private void requireFree(String id, PersonEntry person) {
        UnitEntry unit = administration.index().tree().entry(id).orElseThrow(() -> new Refusal("head-of", Reason.UNKNOWN_UNIT));
        refuseUnless(unit.active(), Reason.CLOSED);
        refuseUnless(person.active() && Units.worksIn(person, id, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)), Reason.NOT_A_MEMBER);
        refuseUnless(administration.units().may(administration.actor(number), Act.CHANGE_UNIT, unit), Reason.NOT_ALLOWED);
        refuseUnless(unit.head().isEmpty(), Reason.TWO_HEADS);
    }

    private void lead(String id, Optional<String> before, Optional<String> after) {
        for (int i = 1;; i++) {
            UnitEntry unit = administration.register().unit(id).orElseThrow(() -> new Refusal("head-of", Reason.UNKNOWN_UNIT));
            if (unit.head().equals(after) || before.isPresent() && !unit.head().equals(before)) {
                administration.index().took(unit);
                return;
            }
            try {
                administration.units().change(actor(), unit, unit.withHead(after));
                return;
            } catch (Refusal e) {
                if (e.reason() != Reason.CHANGED_MEANWHILE || i == TRIES) {
                    throw new Refusal("head-of", e.reason());
                }
            }
        }
    }

    /** Who this is now, the administration asks itself. */
    private Actor actor() {
        return new Actor(number, Set.of(), Optional.empty());
    }

    private static void refuseUnless(boolean fit, Reason reason) {
        if (!fit) {
            throw new Refusal("head-of", reason);
        }
    }
}
