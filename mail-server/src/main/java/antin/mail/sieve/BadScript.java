package antin.mail.sieve;

/** A script that is not taken; the message is for the person who wrote it. */
public final class BadScript extends Exception {

    private static final long serialVersionUID = 1;

    BadScript(String message) {
        super(message, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
