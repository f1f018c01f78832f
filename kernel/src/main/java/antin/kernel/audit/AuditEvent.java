package antin.kernel.audit;

import java.util.Map;
import java.util.TreeMap;

/**
 * One outcome worth keeping. Never a password, code, PIN or document.
 *
 * @param act     a dotted word of the trade, such as {@code login.code}
 * @param outcome such as {@code begun}, {@code accepted}, {@code refused}, {@code done}, {@code failed}
 * @param who     the person's number, the client's id, or the name as typed where nobody is known
 * @param from    the address the request came from, or the process's own name
 * @param details more, by name
 */
public record AuditEvent(String act, String outcome, String who, String from, Map<String, String> details) {

    public AuditEvent {
        details = Map.copyOf(details);
    }

    public AuditEvent(String act, String outcome, String who, String from) {
        this(act, outcome, who, from, Map.of());
    }

    /** The event as a JSON object (RFC 8259) on one line, names in a fixed order. */
    String json(long sequence, String time) {
        StringBuilder json = new StringBuilder(160).append("{\"seq\":").append(sequence);
        text(json.append(','), "time", time);
        text(json.append(','), "act", act);
        text(json.append(','), "outcome", outcome);
        text(json.append(','), "who", who);
        text(json.append(','), "from", from);
        new TreeMap<>(details).forEach((name, value) -> text(json.append(','), "x-" + name, value));
        return json.append('}').toString();
    }

    private static void text(StringBuilder json, String name, String value) {
        quote(json, name);
        quote(json.append(':'), value);
    }

    private static void quote(StringBuilder json, String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ' || c >= '\u007f' && c < '\u00a0' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
