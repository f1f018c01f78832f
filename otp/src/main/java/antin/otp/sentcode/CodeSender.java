package antin.otp.sentcode;

/** The door to a mail relay or an SMS gateway. Safe for use by many threads. */
public interface CodeSender {

    /**
     * Returns once the other side has taken it.
     *
     * @param destination checked by its {@link Way}
     * @throws antin.kernel.Problem {@code PEER_UNAVAILABLE} where it has not
     */
    void send(String destination, String text);
}
