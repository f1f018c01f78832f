package antin.backbone.admin;

import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A person as the fields of a form, which are named as the columns of an import, and back. */
final class PersonFields {

    private PersonFields() {
    }

    static Map<String, String> of(PersonEntry person) {
        return Map.of("name", person.name(), "family-name", person.family(), "given-name", person.given(), "mail", person.address(),
            "further-mail", String.join("\n", person.further()), "unit", person.unit(), "title", person.title(), "phone", person.phone(),
            "mobile", person.mobile(), "language", person.language());
    }

    /** With what the form of the data says; unit, roles and positions have forms of their own. */
    static PersonEntry changed(PersonEntry before, Form form) {
        String name = form.text("name");
        return before.withName(name, family(form, name), given(form, name)).withAddresses(form.text("mail"), form.list("further-mail"))
            .withPlace(before.unit(), form.text("title")).withPhones(form.text("phone"), form.text("mobile")).withLanguage(language(form));
    }

    static PersonEntry created(String number, String unit, Form form) {
        String name = form.text("name");
        return new PersonEntry(number, name, family(form, name), given(form, name), form.text("mail"), form.list("further-mail"), unit, form.text("title"),
            form.text("phone"), form.text("mobile"), Set.of(), true, language(form), List.of(), List.of(), 0);
    }

    /** The family name comes first. */
    private static String family(Form form, String name) {
        String typed = form.text("family-name");
        return typed.isEmpty() && !name.isEmpty() ? name.split("\\s+", 2)[0] : typed;
    }

    private static String given(Form form, String name) {
        String typed = form.text("given-name");
        return typed.isEmpty() && name.contains(" ") ? name.substring(name.lastIndexOf(' ') + 1) : typed;
    }

    private static String language(Form form) {
        String language = form.text("language");
        if (language.isEmpty()) {
            throw new Refusal("language", Reason.MISSING);
        }
        return language;
    }
}
