package antin.mail.login;

import java.util.Optional;
import java.util.stream.Stream;

/** SASL mechanisms that we know (RFC 4422). */
public enum Mechanism {

    /** RFC 4616: one message with names and password. */
    PLAIN(false),
    /** Name and password one after the other; never standardised, for SMTP programs that know nothing else. */
    LOGIN(false),
    /** RFC 7628. */
    OAUTHBEARER(true),
    /** What mail programs spoke before RFC 7628, by its inventor's page "OAuth 2.0 Mechanism". */
    XOAUTH2(true);

    private final boolean token;

    Mechanism(boolean token) {
        this.token = token;
    }

    /** Whether it carries an access token, and not a password. */
    public boolean hasToken() {
        return token;
    }

    static Optional<Mechanism> named(String name) {
        return Stream.of(values()).filter(mechanism -> mechanism.name().equalsIgnoreCase(name)).findFirst();
    }
}
