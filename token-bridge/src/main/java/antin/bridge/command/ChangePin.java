package antin.bridge.command;

import antin.bridge.message.Arguments;
import antin.bridge.message.Json;
import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.origin.Origins;
import antin.bridge.token.Token;
import antin.bridge.token.WrongPin;
import antin.bridge.window.Asker;
import antin.bridge.window.PinQuestion;
import antin.bridge.window.PinQuestion.Act;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Changes a token's PIN. Both are typed in this program's window; the page learns only that it is done. */
public final class ChangePin implements Command {

    private final Origins origins;
    private final TokenChoice choice;
    private final Asker asker;

    public ChangePin(Origins origins, TokenChoice choice, Asker asker) {
        this.origins = origins;
        this.choice = choice;
        this.asker = asker;
    }

    @Override
    public String name() {
        return "change-pin";
    }

    @Override
    public ObjectNode answer(Arguments arguments) {
        arguments.only("origin", "serial");
        Origin origin = origins.admit(arguments.text("origin", WebEid.LONGEST_ORIGIN));
        Token token = choice.bySerial(arguments.optionalText("serial", TokenChoice.LONGEST_SERIAL));
        PinQuestion question = new PinQuestion(Act.CHANGE_PIN, origin, token.state(), Optional.empty(), List.of(), 0);
        while (true) {
            question = question.with(Signatures.usable(token));
            if (question.token().readOnly()) {
                throw new Refused(Reason.TOKEN_READ_ONLY);
            }
            try (Asker.NewPin pins = asker.newPin(question); Asker.Working note = asker.working(question)) {
                token.changePin(pins.old(), pins.fresh());
                return Json.object().put("changed", true);
            } catch (WrongPin e) {
                question = question.afterWrongPin();
            }
        }
    }
}
