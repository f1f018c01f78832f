package antin.bridge;

import antin.bridge.command.Command;
import antin.bridge.command.Quit;
import antin.bridge.command.Turn;
import antin.bridge.message.Frames;
import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.message.Request;
import antin.bridge.message.Texts;
import antin.bridge.window.Asker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** Greets with a version, then answers one message after the other. */
final class Conversation {

    /** What a person can do something about; the page of a Web eID site would show its own words only. */
    private static final Set<Reason> FOR_THE_PERSON = Set.of(Reason.POLICY_UNREADABLE, Reason.BUSY, Reason.NO_MODULE, Reason.NOT_FOR_SIGNING, Reason.KEY_NOT_FOUND, Reason.UNSUPPORTED_ALGORITHM,
        Reason.PIN_NOT_SET, Reason.PIN_LOCKED, Reason.PIN_REFUSED, Reason.TOKEN_REMOVED, Reason.TOKEN_READ_ONLY, Reason.TOKEN_FAILED);

    private final Frames frames;
    private final Asker asker;
    private final Path userFolder;
    private final boolean webEid;
    private final Map<String, Command> commands;

    /**
     * @param userFolder holds the lock by which programs of one person wait for each other
     * @param webEid whether Web eID's extension asks: refusals have that protocol's form and nothing more, and a window tells the person what its pages would not
     */
    Conversation(Frames frames, Asker asker, Path userFolder, boolean webEid, Collection<Command> commands) {
        this.frames = frames;
        this.asker = asker;
        this.userFolder = userFolder;
        this.webEid = webEid;
        this.commands = commands.stream().collect(Collectors.toMap(Command::name, Function.identity()));
    }

    void greet(String version) throws IOException {
        send(Json.object().put("version", version));
    }

    /** Answers one message. False where it was the last one. */
    boolean answer(byte[] untrustedMessage) throws IOException {
        Request request;
        try {
            request = Request.read(untrustedMessage);
        } catch (Refused e) {
            refuse(e.reason());
            return true;
        }
        Command command = commands.get(request.command());
        if (command == null) {
            refuse(Reason.UNKNOWN_COMMAND);
            return true;
        }
        send(answer(command, request));
        return !request.command().equals(Quit.NAME);
    }

    /** Tells the page why not. */
    void refuse(Reason reason) throws IOException {
        send(error(reason));
    }

    private ObjectNode answer(Command command, Request request) {
        try {
            return command.isInteractive() ? inTurn(command, request) : command.answer(request.arguments());
        } catch (Refused e) {
            if (webEid && FOR_THE_PERSON.contains(e.reason())) {
                asker.tell(e.reason());
            }
            return error(e.reason());
        } catch (RuntimeException e) {
            System.err.println("The command " + command.name() + " failed: " + e);
            return error(Reason.INTERNAL);
        }
    }

    private ObjectNode inTurn(Command command, Request request) {
        Turn turn = Turn.take(userFolder);
        try (turn) {
            return command.answer(request.arguments());
        }
    }

    /** Web eID's form has a code and a message; ours also a word and both languages. */
    private ObjectNode error(Reason reason) {
        ObjectNode answer = Json.object();
        ObjectNode error = answer.putObject("error").put("code", reason.code()).put("message", Texts.english().of(reason));
        if (!webEid) {
            error.put("reason", reason.word()).putObject("messages").put("vi", Texts.vietnamese().of(reason)).put("en", Texts.english().of(reason));
        }
        return answer;
    }

    private void send(ObjectNode message) throws IOException {
        frames.write(Json.write(message));
    }
}
