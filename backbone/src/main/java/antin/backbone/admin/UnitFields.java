package antin.backbone.admin;

import antin.directory.Body;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.UnitEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit as the fields of a form, which are named as the columns of an import, and back. */
final class UnitFields {

    private UnitFields() {
    }

    static Map<String, String> of(UnitEntry unit) {
        return Map.of("id", unit.id(), "name", unit.name(), "level", unit.level(), "kind", unit.kind(), "body", unit.body().map(Body::word).orElse(""),
            "organization-id", unit.organizationId(), "address", unit.postalAddress(), "phone", unit.phone(), "mail", unit.mail(), "website", unit.website());
    }

    static UnitEntry changed(UnitEntry before, Form form) {
        return before.withNames(form.text("name"), form.text("kind"), body(form), form.text("organization-id"))
            .withContact(form.text("address"), form.text("phone"), form.text("mail"), form.text("website"));
    }

    static UnitEntry created(String parent, Form form) {
        return new UnitEntry(form.text("id"), form.text("name"), form.text("level"), parent, form.text("kind"), body(form), form.text("organization-id"),
            form.text("address"), form.text("phone"), form.text("mail"), form.text("website"), Optional.empty(), true, List.of(), 0);
    }

    private static Optional<Body> body(Form form) {
        String word = form.text("body");
        return word.isEmpty() ? Optional.empty() : Optional.of(Body.of(word).orElseThrow(() -> new Refusal("body", Reason.UNKNOWN_WORD)));
    }
}
