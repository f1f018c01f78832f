package antin.bridge.message;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A command and its arguments: {@code {"command": "sign", "arguments": {...}}}. */
public record Request(String command, Arguments arguments) {

    private static final Set<String> NAMES = Set.of("command", "arguments");

    public static Request read(byte[] untrusted) {
        ObjectNode object = Json.read(untrusted);
        JsonNode command = object.get("command");
        if (!NAMES.containsAll(object.propertyNames()) || command == null || !command.isString() || !(object.get("arguments") instanceof ObjectNode arguments)) {
            throw new Refused(Reason.INVALID_MESSAGE);
        }
        return new Request(command.stringValue(), new Arguments(arguments));
    }
}
