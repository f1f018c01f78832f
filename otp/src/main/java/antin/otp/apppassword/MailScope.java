package antin.otp.apppassword;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an app password opens. */
public enum MailScope {
    IMAP, POP, SMTP, SIEVE;

    /** As it is written outside: {@code imap}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MailScope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }
}
