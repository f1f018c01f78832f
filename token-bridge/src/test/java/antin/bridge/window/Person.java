package antin.bridge.window;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.origin.Origin;
import antin.bridge.token.Pin;
import antin.bridge.token.TokenCertificate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Somebody at a desk without a screen: types the PINs laid out, chooses the first certificate, and keeps in mind what was asked. Where no PIN is left, the person closes the window. */
public final class Person implements Asker {

    public final Deque<String> pins = new ArrayDeque<>();
    public final List<PinQuestion> questions = new ArrayList<>();
    public final List<List<TokenCertificate>> choices = new ArrayList<>();
    public final List<Reason> told = new ArrayList<>();
    public final List<Reason> retries = new ArrayList<>();
    public final List<Origin> admitted = new ArrayList<>();
    public boolean admits = true;
    public Runnable beforePin = () -> { };
    public Optional<Runnable> onRetry = Optional.empty();

    public Person(String... pins) {
        this.pins.addAll(List.of(pins));
    }

    @Override
    public boolean mayAsk(Origin origin) {
        admitted.add(origin);
        return admits;
    }

    @Override
    public TokenCertificate choose(Origin origin, List<TokenCertificate> certificates) {
        choices.add(certificates);
        return certificates.getFirst();
    }

    @Override
    public Pin pin(PinQuestion question) {
        questions.add(question);
        beforePin.run();
        return question.token().pinPad() ? Pin.atReader() : next();
    }

    @Override
    public NewPin newPin(PinQuestion question) {
        questions.add(question);
        return new NewPin(next(), next());
    }

    private Pin next() {
        if (pins.isEmpty()) {
            throw new Refused(Reason.USER_CANCELLED);
        }
        return Pin.of(pins.remove().toCharArray());
    }

    @Override
    public boolean retry(Reason reason) {
        retries.add(reason);
        onRetry.ifPresent(Runnable::run);
        boolean again = onRetry.isPresent();
        onRetry = Optional.empty();
        return again;
    }

    @Override
    public void tell(Reason reason) {
        told.add(reason);
    }

    @Override
    public Working working(PinQuestion question) {
        return () -> { };
    }

    @Override
    public void close() {
        pins.clear();
    }
}
