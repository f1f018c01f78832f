package antin.bridge.command;

import antin.bridge.message.Reason;
import antin.bridge.message.Refused;
import antin.bridge.token.Token;
import antin.bridge.token.Tokens;
import java.util.List;
import java.util.Optional;

/** The token that a page means, by the serial number that {@code list-tokens} shows. */
public final class TokenChoice {

    /** PKCS#11 has 16 characters for it. */
    static final int LONGEST_SERIAL = 16;

    private final Tokens tokens;

    public TokenChoice(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Without a serial number the only one there is; with several there, the page has to name one. */
    Token bySerial(Optional<String> serial) {
        List<Token> present = tokens.present();
        List<Token> fit = present.stream().filter(token -> serial.map(wanted -> wanted.equals(token.state().serial())).orElse(true)).toList();
        if (fit.isEmpty()) {
            throw new Refused(Reason.NO_TOKEN);
        }
        if (fit.size() > 1) {
            throw new Refused(Reason.INVALID_ARGUMENT);
        }
        return fit.getFirst();
    }
}
