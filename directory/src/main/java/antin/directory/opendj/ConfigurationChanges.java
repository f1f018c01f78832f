package antin.directory.opendj;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The changes that make a new configuration, applied to one that is there: an entry to add that exists becomes one to bring to the same
 * values, of the attributes that are named only, so that what an operator set besides stays. Made twice, they change nothing more.
 */
final class ConfigurationChanges {

    private static final String ADD = "changetype: add";
    private static final String DELETE = "changetype: delete";

    private ConfigurationChanges() {
    }

    /** {@code changes} as change records (RFC 2849) without folded lines, for what {@code config} holds. */
    static String onto(String config, String changes) {
        Set<String> present = config.replaceAll("\r?\n ", "").lines().filter(line -> line.regionMatches(true, 0, "dn:", 0, 3))
            .map(ConfigurationChanges::name).collect(Collectors.toSet());
        List<String> records = new ArrayList<>();
        for (String record : changes.split("\n[ \t]*\n")) {
            List<String> lines = record.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
            if (lines.size() > 1) {
                boolean isThere = present.contains(name(lines.getFirst()));
                String asItStands = String.join("\n", lines) + '\n';
                records.add(switch (lines.get(1)) {
                    case ADD -> isThere ? replacement(lines) : asItStands;
                    case DELETE -> isThere ? asItStands : "";
                    default -> asItStands;
                });
            }
        }
        return records.stream().filter(record -> !record.isEmpty()).collect(Collectors.joining("\n"));
    }

    /** Empty where only the entry's own being there is asked. */
    private static String replacement(List<String> add) {
        String naming = name(add.getFirst()).substring(0, name(add.getFirst()).indexOf('='));
        Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line : add.subList(2, add.size())) {
            String attribute = line.substring(0, line.indexOf(':'));
            if (!attribute.equalsIgnoreCase("objectClass") && !attribute.equalsIgnoreCase(naming)) {
                values.computeIfAbsent(attribute, unused -> new ArrayList<>()).add(line);
            }
        }
        String changes = values.entrySet().stream().map(value -> "replace: " + value.getKey() + '\n' + String.join("\n", value.getValue()) + '\n')
            .collect(Collectors.joining("-\n"));
        return changes.isEmpty() ? "" : add.getFirst() + "\nchangetype: modify\n" + changes;
    }

    /** In a form to compare: ours and OpenDJ's names need no escaping. */
    private static String name(String line) {
        String value = line.substring("dn:".length());
        String text = value.startsWith(":") ? new String(Base64.getDecoder().decode(value.substring(1).strip()), StandardCharsets.UTF_8) : value;
        return text.strip().toLowerCase(Locale.ROOT).replaceAll(" *([,=]) *", "$1");
    }
}
