package antin.otp.apppassword;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an app password opens. */
public enum MailScope {
    IMAP("IMAP"), POP("POP3"), SMTP("SMTP"), SIEVE("ManageSieve");

    private final String protocol;

    MailScope(String protocol) {
        this.protocol = protocol;
    }

    /** The protocol's own name, the same in every language. */
    public String protocol() {
        return protocol;
    }

    /** As it is written outside: {@code imap}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MailScope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }
}
