package antin.mail.login;

/** What a mailbox is opened for; an app password has some of them as its scopes. */
public enum Protocol {
    IMAP("imap"), POP3("pop"), SMTP("smtp"), SIEVE("sieve");

    private final String scope;

    Protocol(String scope) {
        this.scope = scope;
    }

    public String scope() {
        return scope;
    }
}
