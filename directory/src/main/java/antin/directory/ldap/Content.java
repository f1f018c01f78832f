package antin.directory.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** An entry's values by attribute, as they are written; and what a change from one content to another comes to. */
final class Content {

    private final Map<String, List<String>> values = new LinkedHashMap<>();

    /** One value, or none where it is empty. */
    Content with(String attribute, String value) {
        values.put(attribute, value.isEmpty() ? List.of() : List.of(value));
        return this;
    }

    /** Each once, as a server compares them: an attribute's values are a set (RFC 4512, 2.2), without regard to case and width (RFC 4518). */
    Content with(String attribute, Collection<String> all) {
        Map<String, String> set = new LinkedHashMap<>();
        all.forEach(value -> set.putIfAbsent(Normalizer.normalize(value, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip().replaceAll("\\s+", " "), value));
        values.put(attribute, List.copyOf(set.values()));
        return this;
    }

    /** What an add request says. */
    List<Attribute> attributes() {
        return values.entrySet().stream().filter(entry -> !entry.getValue().isEmpty()).map(entry -> new Attribute(entry.getKey(), entry.getValue())).toList();
    }

    /** The least that makes {@code after} of this. Values that neither knows stay. */
    List<Modification> changesTo(Content after) {
        List<Modification> changes = new ArrayList<>();
        values.forEach((attribute, old) -> {
            List<String> next = after.values.getOrDefault(attribute, List.of());
            if (old.size() <= 1 && next.size() <= 1) {
                if (!old.equals(next)) {
                    changes.add(new Modification(ModificationType.REPLACE, attribute, next.toArray(String[]::new)));
                }
                return;
            }
            part(changes, ModificationType.DELETE, attribute, old, next);
            part(changes, ModificationType.ADD, attribute, next, old);
        });
        return changes;
    }

    private static void part(List<Modification> changes, ModificationType type, String attribute, List<String> of, List<String> without) {
        String[] some = of.stream().filter(value -> !without.contains(value)).toArray(String[]::new);
        if (some.length > 0) {
            changes.add(new Modification(type, attribute, some));
        }
    }
}
