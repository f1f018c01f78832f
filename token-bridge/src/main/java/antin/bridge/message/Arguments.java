package antin.bridge.message;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The arguments of a command, asked for by name and kind. Everything that is not as expected is refused. */
public final class Arguments {

    private final ObjectNode untrusted;

    Arguments(ObjectNode untrusted) {
        this.untrusted = untrusted;
    }

    /** Refuses names that the command does not know. {@code lang} is known to all: these windows speak both languages at once, so it changes nothing. */
    public Arguments only(String... names) {
        Collection<String> given = new ArrayList<>(untrusted.propertyNames());
        given.removeAll(Set.of(names));
        given.remove("lang");
        if (!given.isEmpty()) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        return this;
    }

    /** A text of 1 to {@code longest} characters. */
    public String text(String name, int longest) {
        JsonNode node = untrusted.get(name);
        if (node == null || !node.isString() || node.stringValue().isEmpty() || node.stringValue().length() > longest) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        return node.stringValue();
    }

    public Optional<String> optionalText(String name, int longest) {
        return untrusted.has(name) ? Optional.of(text(name, longest)) : Optional.empty();
    }

    /** Octets in base64 (RFC 4648, 4), with its padding. */
    public byte[] octets(String name) {
        try {
            return Base64.getDecoder().decode(text(name, Frames.LONGEST_IN));
        } catch (IllegalArgumentException e) {
            throw new Refused(Reason.INVALID_ARGUMENT, e);
        }
    }

    /** A list of objects, at most {@code most}; empty where it is not given. */
    public List<Arguments> list(String name, int most) {
        JsonNode node = untrusted.get(name);
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof ArrayNode array) || array.size() > most) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        List<Arguments> list = new ArrayList<>();
        for (JsonNode element : array) {
            if (!(element instanceof ObjectNode object)) {
                throw new Refused(Reason.INVALID_ARGUMENT);
            }
            list.add(new Arguments(object));
        }
        return list;
    }
}
