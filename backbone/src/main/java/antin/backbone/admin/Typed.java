package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import antin.directory.administration.Administration;
import antin.directory.administration.Found;
import antin.directory.rights.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What people type for a unit or a person: a short name, a number, an address, or a name as it is written. */
final class Typed {

    private final Administration administration;

    Typed(Administration administration) {
        this.administration = administration;
    }

    /** The short name; what is no unit comes back as it is, and the directory says so. */
    String unit(Form form, String field) {
        String typed = form.text(field);
        String beforeName = typed.replaceFirst("\\s+[·–—-]\\s.*", ""); // as a choice shows it
        if (beforeName.matches("[A-Za-z0-9-]{1,63}")) {
            return beforeName.toLowerCase(Locale.ROOT);
        }
        List<UnitEntry> named = all(administration.units().top()).stream().filter(unit -> unit.name().equalsIgnoreCase(typed)).toList();
        return named.size() == 1 ? named.getFirst().id() : typed;
    }

    /** The number; empty where nothing was typed. */
    String person(Actor actor, Form form, String field) {
        return number(actor, field, form.text(field));
    }

    /** From {@code 100001}, {@code 100001 Nguyễn Văn An}, an address, or a name that one person has. */
    String number(Actor actor, String field, String typed) {
        if (typed.isEmpty() || typed.matches("[0-9]{1,32}")) {
            return typed;
        }
        String first = typed.split("\\s", 2)[0];
        if (first.matches("[0-9]{1,32}")) {
            return first;
        }
        if (typed.length() > 200) {
            throw new Refusal(field, Reason.TOO_LONG);
        }
        Found<PersonEntry> found = administration.people().search(actor, typed, Optional.empty(), false, 0, 20);
        List<PersonEntry> exact = found.page().stream()
            .filter(person -> person.name().equalsIgnoreCase(typed) || person.address().equalsIgnoreCase(typed) || person.further().contains(typed)).toList();
        if (exact.size() == 1) {
            return exact.getFirst().number();
        }
        if (found.total() == 1) {
            return found.page().getFirst().number();
        }
        throw new Refusal(field, Reason.UNKNOWN_PERSON);
    }

    /** The units that the actor acts for, to choose from. */
    List<UnitEntry> choices(Actor actor) {
        List<UnitEntry> tops = actor.scope().map(scope -> administration.units().path(scope).stream().filter(unit -> unit.id().equals(scope)).toList())
            .orElseGet(administration.units()::top);
        return all(tops).stream().filter(UnitEntry::active).toList();
    }

    private List<UnitEntry> all(List<UnitEntry> tops) {
        List<UnitEntry> all = new ArrayList<>();
        for (UnitEntry unit : tops) {
            all.add(unit);
            all.addAll(all(administration.units().below(unit.id())));
        }
        return all;
    }
}
