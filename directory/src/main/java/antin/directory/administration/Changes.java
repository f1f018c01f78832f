package antin.directory.administration;

import antin.directory.Body;
import antin.directory.FunctionalMailbox;
import antin.directory.FunctionalMailbox.AGroup;
import antin.directory.FunctionalMailbox.Grantee;
import antin.directory.FunctionalMailbox.OnePerson;
import antin.directory.Group;
import antin.directory.Group.BelowUnit;
import antin.directory.Group.Fixed;
import antin.directory.Group.HeadsBelow;
import antin.directory.Group.Members;
import antin.directory.Group.OfUnit;
import antin.directory.PersonEntry;
import antin.directory.Position;
import antin.directory.Role;
import antin.directory.UnitEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which fields differ, named as the columns of import and export, with both values as these would be written there. */
final class Changes {

    record Change(String field, String before, String after) {
    }

    private final List<Change> changes = new ArrayList<>();

    private Changes() {
    }

    static Changes of(PersonEntry before, PersonEntry after) {
        Changes found = new Changes();
        found.compare("name", before.name(), after.name());
        found.compare("family-name", before.family(), after.family());
        found.compare("given-name", before.given(), after.given());
        found.compare("mail", before.address(), after.address());
        found.compare("further-mail", list(before.further().stream()), list(after.further().stream()));
        found.compare("unit", before.unit(), after.unit());
        found.compare("title", before.title(), after.title());
        found.compare("phone", before.phone(), after.phone());
        found.compare("mobile", before.mobile(), after.mobile());
        found.compare("role", list(before.roles().stream().map(Role::word)), list(after.roles().stream().map(Role::word)));
        found.compare("status", status(before.active(), "disabled"), status(after.active(), "disabled"));
        found.compare("language", before.language(), after.language());
        found.compare("positions", list(before.positions().stream().map(Position::text)), list(after.positions().stream().map(Position::text)));
        return found;
    }

    static Changes of(UnitEntry before, UnitEntry after) {
        Changes found = new Changes();
        found.compare("name", before.name(), after.name());
        found.compare("level", before.level(), after.level());
        found.compare("parent", Objects.requireNonNullElse(before.parent(), ""), Objects.requireNonNullElse(after.parent(), ""));
        found.compare("body", before.body().map(Body::word).orElse(""), after.body().map(Body::word).orElse(""));
        found.compare("kind", before.kind(), after.kind());
        found.compare("organization-id", before.organizationId(), after.organizationId());
        found.compare("address", before.postalAddress(), after.postalAddress());
        found.compare("phone", before.phone(), after.phone());
        found.compare("mail", before.mail(), after.mail());
        found.compare("website", before.website(), after.website());
        found.compare("head", before.head().orElse(""), after.head().orElse(""));
        found.compare("status", status(before.active(), "closed"), status(after.active(), "closed"));
        return found;
    }

    static Changes of(Group before, Group after) {
        Changes found = new Changes();
        found.compare("name", before.name(), after.name());
        found.compare("unit", before.unit(), after.unit());
        found.compare("members", rule(before.members()), rule(after.members()), before.members().equals(after.members()));
        return found;
    }

    static Changes of(FunctionalMailbox before, FunctionalMailbox after) {
        Changes found = new Changes();
        found.compare("name", before.name(), after.name());
        found.compare("mail", before.address(), after.address());
        found.compare("further-mail", list(before.further().stream()), list(after.further().stream()));
        found.compare("unit", before.unit(), after.unit());
        found.compare("status", status(before.active(), "disabled"), status(after.active(), "disabled"));
        found.compare("may-read", grantees(before.mayRead()), grantees(after.mayRead()));
        found.compare("may-send", grantees(before.maySend()), grantees(after.maySend()));
        return found;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    boolean has(String... fields) {
        return changes.stream().anyMatch(change -> List.of(fields).contains(change.field));
    }

    /** The first of the changed fields that is not among these; empty for none. */
    Optional<String> firstBeside(String... fields) {
        return changes.stream().map(Change::field).filter(field -> !List.of(fields).contains(field)).findFirst();
    }

    String fields() {
        return changes.stream().map(Change::field).collect(Collectors.joining(","));
    }

    /** In the order of their texts: a directory keeps no other one within a second. */
    List<HistoryLine> history(Instant time, String by) {
        return changes.stream().map(change -> new HistoryLine(time, by, change.field, change.before, change.after)).sorted(Comparator.comparing(HistoryLine::text)).toList();
    }

    static <T> Set<T> differing(Collection<T> before, Collection<T> after) {
        Set<T> differing = new HashSet<>(before);
        differing.addAll(after);
        differing.removeIf(value -> before.contains(value) && after.contains(value));
        return differing;
    }

    /** Sorted: an LDAP attribute keeps its values in no order. */
    private static String list(Stream<String> values) {
        return values.sorted().collect(Collectors.joining("; "));
    }

    private static String status(boolean active, String otherwise) {
        return active ? "active" : otherwise;
    }

    private static String rule(Members members) {
        return switch (members) {
            case Fixed fixed -> list(fixed.people().stream());
            case OfUnit of -> "unit " + of.unit();
            case BelowUnit below -> "below " + below.unit();
            case HeadsBelow heads -> "heads " + heads.level() + " below " + heads.unit();
        };
    }

    private static String grantees(Set<Grantee> grantees) {
        return list(grantees.stream().map(grantee -> switch (grantee) {
            case OnePerson person -> person.number();
            case AGroup group -> "group " + group.id();
        }));
    }

    private void compare(String field, String before, String after) {
        compare(field, before, after, before.equals(after));
    }

    private void compare(String field, String before, String after, boolean same) {
        if (!same) {
            changes.add(new Change(field, before, after));
        }
    }
}
