package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import java.util.Collection;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** This program's version and what it can do. Any page may know, so nothing about tokens is in it. */
public final class Status implements Command {

    private final String version;
    private final Collection<String> commands;

    public Status(String version, Collection<String> commands) {
        this.version = version;
        this.commands = commands;
    }

    @Override
    public String name() {
        return "status";
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        arguments.only("origin");
        ObjectNode answer = Json.object().put("version", version);
        ArrayNode names = answer.putArray("commands");
        commands.stream().sorted().forEach(names::add);
        return answer;
    }
}
