package antin.mail.login;

import antin.mail.login.Credentials.AppPassword;
import java.util.Optional;

/** The one message of SASL PLAIN (RFC 4616). */
final class SaslPlain {

    private static final int LONGEST = 512;

    private SaslPlain() {
    }

    /** Empty where the message is malformed. */
    static Optional<AppPassword> parse(String message) {
        String[] parts = message.split("\0", -1);
        // RFC 4616, 2: message = [authzid] NUL authcid NUL passwd
        if (parts.length != 3 || !isName(parts[1]) || parts[2].isEmpty() || parts[2].length() > LONGEST || !(parts[0].isEmpty() || isName(parts[0]))) {
            return Optional.empty();
        }
        Optional<String> mailbox = Optional.of(parts[0]).filter(name -> !name.isEmpty() && !name.equalsIgnoreCase(parts[1]));
        return Optional.of(new AppPassword(parts[1], parts[2], mailbox));
    }

    /** Whether a text can be a name at all: not empty, not endless, without control characters. */
    static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.codePoints().noneMatch(Character::isISOControl);
    }
}
