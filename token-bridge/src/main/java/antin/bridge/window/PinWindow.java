package antin.bridge.window;

import antin.bridge.token.Pin;
import java.awt.EventQueue;
import java.util.concurrent.CompletableFuture;
import javax.swing.JButton;

/** Shows what is to be done, all of it, and takes the PIN. The button stays grey until there are as many characters as the token's shortest PIN has. */
final class PinWindow {

    private PinWindow() {
    }

    static QuestionWindow of(PinQuestion question, CompletableFuture<Pin> answer) {
        Form form = ActForm.of(question);
        return question.token().pinPad() ? atReader(form, question, answer) : typed(form, question, answer);
    }

    private static QuestionWindow atReader(Form form, PinQuestion question, CompletableFuture<Pin> answer) {
        form.say("pin.at-reader");
        QuestionWindow window = new QuestionWindow("window.pin", form, answer);
        window.enter(window.button("confirm", ActForm.button(question.act()), () -> answer.complete(Pin.atReader())));
        window.button("cancel", "button.cancel", () -> answer.cancel(false));
        return window;
    }

    private static QuestionWindow typed(Form form, PinQuestion question, CompletableFuture<Pin> answer) {
        PinField field = new PinField("pin", question.token().longestPin());
        form.field("pin.label", field);
        QuestionWindow window = new QuestionWindow("window.pin", form, answer);
        window.focus(field);
        JButton confirm = window.button("confirm", ActForm.button(question.act()), () -> {
            Pin pin = Pin.of(field.take());
            if (!answer.complete(pin)) {
                pin.close();
            }
        });
        confirm.setEnabled(false);
        field.onChange(() -> confirm.setEnabled(field.length() >= question.token().shortestPin()));
        window.enter(confirm);
        window.button("cancel", "button.cancel", () -> answer.cancel(false));
        answer.whenComplete((pin, failure) -> EventQueue.invokeLater(field::wipe));
        return window;
    }
}
