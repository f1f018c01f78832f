package antin.mail.login;

/** Who may open a mailbox. Safe for use by many threads. */
public interface MailLogins {

    /**
     * Checks an app password now: nothing is remembered, so a revoked one is refused at the next login.
     *
     * @param login    the name as the client typed it
     * @param from     the client's address, for throttling and the log
     * @return the account's primary address
     * @throws antin.kernel.Problem {@code BAD_CREDENTIALS}, {@code LOCKED_OUT}, or {@code PEER_UNAVAILABLE} where nobody can say
     */
    String open(Protocol protocol, String login, String appPassword, String from);

    /** Whether the check answers, for the operator's figures; never throws. */
    boolean isAvailable();
}
