package antin.bridge.window;

import antin.bridge.token.Pin;
import antin.bridge.window.Asker.NewPin;
import java.awt.EventQueue;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.swing.JButton;

/** Takes the PIN, and the new one twice. */
final class NewPinWindow {

    private NewPinWindow() {
    }

    static QuestionWindow of(PinQuestion question, CompletableFuture<NewPin> answer) {
        Form form = ActForm.of(question);
        if (question.token().pinPad()) {
            form.say("pin.at-reader");
            QuestionWindow window = new QuestionWindow("window.pin", form, answer);
            window.enter(window.button("confirm", "button.go-on", () -> answer.complete(new NewPin(Pin.atReader(), Pin.atReader()))));
            window.button("cancel", "button.cancel", () -> answer.cancel(false));
            return window;
        }
        return new Fields(question, answer).window(form);
    }

    /** Three fields and the button that they rule. */
    private static final class Fields {

        private final CompletableFuture<NewPin> answer;
        private final int shortest;
        private final PinField old;
        private final PinField fresh;
        private final PinField again;

        Fields(PinQuestion question, CompletableFuture<NewPin> answer) {
            this.answer = answer;
            this.shortest = question.token().shortestPin();
            int longest = question.token().longestPin();
            this.old = new PinField("pin", longest);
            this.fresh = new PinField("new-pin", longest);
            this.again = new PinField("new-pin-again", longest);
        }

        QuestionWindow window(Form form) {
            form.field("pin.label", old).field("pin.new", fresh).field("pin.again", again);
            QuestionWindow window = new QuestionWindow("window.pin", form, answer);
            window.focus(old);
            JButton confirm = window.button("confirm", "button.go-on", this::take);
            confirm.setEnabled(false);
            for (PinField field : List.of(old, fresh, again)) {
                field.onChange(() -> confirm.setEnabled(isComplete()));
            }
            window.enter(confirm);
            window.button("cancel", "button.cancel", () -> answer.cancel(false));
            answer.whenComplete((pins, failure) -> EventQueue.invokeLater(this::wipe));
            return window;
        }

        private boolean isComplete() {
            char[] one = fresh.getPassword();
            char[] other = again.getPassword();
            boolean same = Arrays.equals(one, other);
            Arrays.fill(one, '\0');
            Arrays.fill(other, '\0');
            return same && old.length() >= shortest && fresh.length() >= shortest;
        }

        private void take() {
            NewPin pins = new NewPin(Pin.of(old.take()), Pin.of(fresh.take()));
            again.wipe();
            if (!answer.complete(pins)) {
                pins.close();
            }
        }

        private void wipe() {
            old.wipe();
            fresh.wipe();
            again.wipe();
        }
    }
}
