package antin.bridge.command;

import antin.bridge.message.Arguments;
import tools.jackson.databind.node.ObjectNode;

/** What a page may ask for. */
public interface Command {

    /** Its name in a message. */
    String name();

    /** Whether the person may be asked something, so that it takes its turn. */
    default boolean isInteractive() {
        return true;
    }

    /** The answer, or {@link antin.bridge.message.Refused}. */
    ObjectNode answer(Arguments arguments);
}
