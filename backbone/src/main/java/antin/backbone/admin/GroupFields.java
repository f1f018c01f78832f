package antin.backbone.admin;

import antin.directory.Group;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.administration.Administration;
import antin.directory.rights.Actor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A group as the fields of a form, and back: its members by name, or a rule. */
final class GroupFields {

    /** The kinds of members, as a form names them. */
    static final List<String> KINDS = List.of("fixed", "of-unit", "below-unit", "heads-below");

    private final Administration administration;
    private final Typed typed;

    GroupFields(Administration administration) {
        this.administration = administration;
        this.typed = new Typed(administration);
    }

    Map<String, String> of(Group group) {
        Map<String, String> values = new HashMap<>(Map.of("id", group.id(), "name", group.name(), "unit", group.unit(), "kind", kind(group.members()), "members", "", "rule", group.unit(),
            "rule-level", administration.levels().words().getLast()));
        switch (group.members()) {
            case Group.Fixed fixed -> values.put("members", fixed.people().stream().sorted().collect(Collectors.joining("\n")));
            case Group.OfUnit rule -> values.put("rule", rule.unit());
            case Group.BelowUnit rule -> values.put("rule", rule.unit());
            case Group.HeadsBelow rule -> values.putAll(Map.of("rule", rule.unit(), "rule-level", rule.level()));
        }
        return values;
    }

    static String kind(Group.Members members) {
        return switch (members) {
            case Group.Fixed fixed -> "fixed";
            case Group.OfUnit rule -> "of-unit";
            case Group.BelowUnit rule -> "below-unit";
            case Group.HeadsBelow rule -> "heads-below";
        };
    }

    Group created(Actor actor, Form form) {
        return new Group(form.text("id"), form.text("name"), typed.unit(form, "unit"), members(actor, form), List.of(), 0);
    }

    Group changed(Actor actor, Group before, Form form) {
        return before.with(form.text("name"), members(actor, form));
    }

    private Group.Members members(Actor actor, Form form) {
        return switch (form.text("kind")) {
            case "fixed" -> {
                Set<String> numbers = new TreeSet<>();
                form.list("members").forEach(line -> numbers.add(typed.number(actor, "members", line)));
                yield new Group.Fixed(numbers);
            }
            case "of-unit" -> new Group.OfUnit(typed.unit(form, "rule"));
            case "below-unit" -> new Group.BelowUnit(typed.unit(form, "rule"));
            case "heads-below" -> new Group.HeadsBelow(typed.unit(form, "rule"), form.text("rule-level"));
            default -> throw new Refusal("kind", Reason.UNKNOWN_WORD);
        };
    }
}
