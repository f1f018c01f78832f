package antin.otp.apppassword;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What an app password opens. */
public enum AppScope {
    IMAP("IMAP"), POP("POP3"), SMTP("SMTP"), SIEVE("ManageSieve"), ADDRESS_BOOK("LDAP");

    /** Those that mail-server asks for. */
    public static final Set<AppScope> MAIL = Set.copyOf(EnumSet.complementOf(EnumSet.of(ADDRESS_BOOK)));

    private final String protocol;

    AppScope(String protocol) {
        this.protocol = protocol;
    }

    /** The protocol's own name, the same in every language. */
    public String protocol() {
        return protocol;
    }

    /** As it is written outside: {@code imap}, {@code address-book}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<AppScope> of(String word) {
        return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
    }
}
