package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import tools.jackson.databind.node.ObjectNode;

/** Web eID: an empty object, and the program ends. */
public final class Quit implements Command {

    public static final String NAME = "quit";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        return Json.object();
    }
}
