package antin.bridge.window;

import antin.bridge.origin.Origin;
import java.util.concurrent.CompletableFuture;

/** Asks whether a page may ask for signatures at all. The keyboard begins at the refusal, and Enter presses nothing: the answer is kept. */
final class OriginWindow {

    private OriginWindow() {
    }

    static QuestionWindow of(Origin origin, CompletableFuture<Boolean> answer) {
        Form form = new Form();
        form.show("origin", origin.value());
        form.say("origin.question");
        QuestionWindow window = new QuestionWindow("window.origin", form, answer);
        window.button("allow", "button.allow", () -> answer.complete(true));
        window.focus(window.button("refuse", "button.refuse", () -> answer.complete(false)));
        return window;
    }
}
