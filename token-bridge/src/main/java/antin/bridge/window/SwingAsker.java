package antin.bridge.window;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.token.Pin;
import antin.bridge.token.TokenCertificate;
import java.awt.AWTError;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.swing.UIManager;
import javax.swing.UnsupportedLookAndFeelException;

/** Asks in windows of its own, which no page and no extension can draw, read or click. */
public final class SwingAsker implements Asker {

    private final Set<CompletableFuture<?>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Looks as the system's own windows do where that costs no time; on Linux even to ask for GTK's would load it. */
    private static void dress() {
        UIManager.put("swing.boldMetal", false);
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows") || system.startsWith("mac")) {
            try {
                UIManager.setLookAndFeel(UIManager.getSystemLookAndFeelClassName());
            } catch (ReflectiveOperationException | UnsupportedLookAndFeelException e) {
                System.err.println("The system's look is not there: " + e.getMessage());
            }
        }
    }

    @Override
    public boolean mayAsk(Origin origin) {
        return ask(answer -> OriginWindow.of(origin, answer));
    }

    @Override
    public TokenCertificate choose(Origin origin, List<TokenCertificate> certificates) {
        return ask(answer -> CertificateWindow.of(origin, certificates, answer));
    }

    @Override
    public Pin pin(PinQuestion question) {
        return ask(answer -> PinWindow.of(question, answer));
    }

    @Override
    public NewPin newPin(PinQuestion question) {
        return ask(answer -> NewPinWindow.of(question, answer));
    }

    @Override
    public boolean retry(Reason reason) {
        return ask(answer -> ReasonWindow.retry(reason, answer));
    }

    @Override
    public void tell(Reason reason) {
        try {
            ask((CompletableFuture<Boolean> answer) -> ReasonWindow.tell(reason, answer));
        } catch (Refused e) {
            System.err.println("Nobody could be told: " + reason.word()); // no screen, or closed without a click
        }
    }

    @Override
    public Working working(PinQuestion question) {
        return GraphicsEnvironment.isHeadless() ? () -> { } : WorkingNote.show(question.token().pinPad());
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(answer -> answer.cancel(false));
    }

    private <T> T ask(Function<CompletableFuture<T>, QuestionWindow> build) {
        if (GraphicsEnvironment.isHeadless()) {
            throw new Refused(Reason.NO_WINDOW);
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        open.add(answer);
        later(() -> show(build, answer));
        if (closed) {
            answer.cancel(false);
        }
        try {
            return answer.join();
        } catch (CancellationException e) {
            throw new Refused(Reason.USER_CANCELLED, e);
        } catch (CompletionException e) {
            throw new Refused(Reason.NO_WINDOW, e);
        } finally {
            open.remove(answer);
        }
    }

    /** The first window of a process may find that the screen which the environment names does not answer. */
    private static void later(Runnable work) {
        try {
            EventQueue.invokeLater(work);
        } catch (HeadlessException | AWTError | NoClassDefFoundError e) {
            throw new Refused(Reason.NO_WINDOW, e);
        }
    }

    private static <T> void show(Function<CompletableFuture<T>, QuestionWindow> build, CompletableFuture<T> answer) {
        try {
            if (UIManager.get("swing.boldMetal") == null) {
                dress();
            }
            QuestionWindow window = build.apply(answer);
            answer.whenComplete((value, failure) -> EventQueue.invokeLater(window::dispose));
            if (!answer.isDone()) {
                window.appear();
            }
        } catch (HeadlessException | AWTError e) {
            answer.completeExceptionally(e);
        }
    }
}
