package antin.backbone.admin;

import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A functional mailbox as the fields of a form, and back. A group stands as {@code group:ID} among people. */
final class MailboxFields {

    private static final String GROUP = "group:";

    private final Typed typed;

    MailboxFields(Administration administration) {
        this.typed = new Typed(administration);
    }

    static Map<String, String> of(FunctionalMailbox mailbox) {
        return Map.of("id", mailbox.id(), "name", mailbox.name(), "mail", mailbox.address(), "further-mail", String.join("\n", mailbox.further()), "unit", mailbox.unit(),
            "active", mailbox.active() ? "true" : "", "may-read", lines(mailbox.mayRead()), "may-send", lines(mailbox.maySend()));
    }

    FunctionalMailbox created(Actor actor, Form form) {
        return new FunctionalMailbox(form.text("id"), form.text("name"), form.text("mail"), form.list("further-mail"), typed.unit(form, "unit"), true,
            grantees(actor, form, "may-read"), grantees(actor, form, "may-send"), List.of(), 0);
    }

    FunctionalMailbox changed(Actor actor, FunctionalMailbox before, Form form) {
        return before.with(form.text("name"), form.text("mail"), form.list("further-mail"), !form.text("active").isEmpty())
            .withGrants(grantees(actor, form, "may-read"), grantees(actor, form, "may-send"));
    }

    private Set<Grantee> grantees(Actor actor, Form form, String field) {
        Set<Grantee> grantees = new LinkedHashSet<>();
        for (String line : form.list(field)) {
            grantees.add(line.startsWith(GROUP) ? new AGroup(line.substring(GROUP.length()).strip()) : new OnePerson(typed.number(actor, field, line)));
        }
        return grantees;
    }

    private static String lines(Set<Grantee> grantees) {
        return grantees.stream().map(grantee -> switch (grantee) {
            case OnePerson person -> person.number();
            case AGroup group -> GROUP + group.id();
        }).sorted().collect(Collectors.joining("\n"));
    }
}
