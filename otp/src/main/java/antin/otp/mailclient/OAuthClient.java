package antin.otp.mailclient;

import java.net.URI;

/** The public client that mail programs are for the issuer. */
final class OAuthClient {

    static final String ID = "mail-client";
    static final String SCOPES = "mail.imap mail.pop mail.smtp";
    /** RFC 8252, 7.3: to the program itself. */
    static final String REDIRECT = "http://127.0.0.1/";

    private OAuthClient() {
    }

    /** Thunderbird's name for the issuer, under which it keeps the token. */
    static String issuerName(String issuer) {
        return String.valueOf(URI.create(issuer).getHost());
    }
}
