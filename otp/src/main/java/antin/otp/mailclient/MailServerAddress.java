package antin.otp.mailclient;

/**
 * Where mail programs find the mail server, as people type it. A port of 0 is not offered.
 *
 * @param host   as the certificate names it
 * @param domain the part of mail addresses behind the at sign
 */
public record MailServerAddress(String host, String domain, int imaps, int imap, int pop3s, int pop3, int submissions, int submission, int sieve) {

    public MailServerAddress {
        if (!host.matches("[A-Za-z0-9.-]{1,253}") || !domain.matches("[A-Za-z0-9.-]{1,253}")) {
            throw new IllegalArgumentException("The mail server must be a host name such as mail.city.example, and is " + host);
        }
    }
}
