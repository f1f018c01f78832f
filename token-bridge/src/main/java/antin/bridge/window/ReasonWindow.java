package antin.bridge.window;

import antin.bridge.message.Reason;
import java.util.concurrent.CompletableFuture;

/** Tells why it does not go on. */
final class ReasonWindow {

    private ReasonWindow() {
    }

    static QuestionWindow retry(Reason reason, CompletableFuture<Boolean> answer) {
        QuestionWindow window = new QuestionWindow("window.reason", form(reason), answer);
        window.enter(window.button("retry", "button.retry", () -> answer.complete(true)));
        window.button("cancel", "button.cancel", () -> answer.cancel(false));
        return window;
    }

    static QuestionWindow tell(Reason reason, CompletableFuture<Boolean> answer) {
        QuestionWindow window = new QuestionWindow("window.reason", form(reason), answer);
        window.enter(window.button("close", "button.close", () -> answer.complete(true)));
        return window;
    }

    private static Form form(Reason reason) {
        return new Form().say("reason." + reason.word());
    }
}
