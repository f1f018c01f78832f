package antin.directory;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A unit as administrators see it. Every value was checked; a {@link Refusal} says which was not fit.
 *
 * @param id             short name, unique, a label of a domain name
 * @param name           full name in Vietnamese
 * @param level          one of the installation's {@link Levels}
 * @param parent         the short name of the unit above; null for one that stands at the top
 * @param kind           such as {@code department}; may be empty
 * @param body           whose it is
 * @param organizationId 13 characters (QCVN 102:2016), or empty
 * @param postalAddress  one line; may be empty
 * @param phone          may be empty
 * @param mail           its public address, or empty
 * @param website        an http or https address, or empty
 * @param head           the number of the person who leads it: one or none
 * @param active         whether it still exists
 * @param history        what happened to the entry, oldest first
 * @param revision       counted up with each change; 0 for an entry that is not in the directory yet
 */
public record UnitEntry(String id, String name, String level, @Nullable String parent, String kind, Optional<Body> body, String organizationId,
    String postalAddress, String phone, String mail, String website, Optional<String> head, boolean active, List<String> history, long revision) {

    public UnitEntry {
        Fit.unit("id", id);
        Fit.name("name", name);
        Fit.word("level", level);
        if (parent != null) {
            Fit.unit("parent", parent);
        }
        Fit.optionalWord("kind", kind);
        Fit.organizationId("organization-id", organizationId);
        Fit.optionalName("address", postalAddress);
        Fit.phone("phone", phone);
        mail = mail.isEmpty() ? "" : Fit.address("mail", mail);
        Fit.website("website", website);
        head.ifPresent(number -> Fit.number("head", number));
        history = List.copyOf(history);
    }

    /** What every process sees of it. */
    public Unit unit() {
        return new Unit(id, name, level, parent);
    }

    public UnitEntry withNames(String changed, String changedKind, Optional<Body> changedBody, String changedOrganizationId) {
        return new UnitEntry(id, changed, level, parent, changedKind, changedBody, changedOrganizationId, postalAddress, phone, mail, website, head, active, history, revision);
    }

    public UnitEntry withContact(String changedAddress, String changedPhone, String changedMail, String changedWebsite) {
        return new UnitEntry(id, name, level, parent, kind, body, organizationId, changedAddress, changedPhone, changedMail, changedWebsite, head, active, history, revision);
    }

    public UnitEntry withPlace(String changedLevel, @Nullable String changedParent) {
        return new UnitEntry(id, name, changedLevel, changedParent, kind, body, organizationId, postalAddress, phone, mail, website, head, active, history, revision);
    }

    public UnitEntry withHead(Optional<String> changed) {
        return new UnitEntry(id, name, level, parent, kind, body, organizationId, postalAddress, phone, mail, website, changed, active, history, revision);
    }

    public UnitEntry withActive(boolean changed) {
        return new UnitEntry(id, name, level, parent, kind, body, organizationId, postalAddress, phone, mail, website, head, changed, history, revision);
    }

    public UnitEntry withHistory(List<String> changed) {
        return new UnitEntry(id, name, level, parent, kind, body, organizationId, postalAddress, phone, mail, website, head, active, changed, revision);
    }

    public UnitEntry withRevision(long changed) {
        return new UnitEntry(id, name, level, parent, kind, body, organizationId, postalAddress, phone, mail, website, head, active, history, changed);
    }
}
