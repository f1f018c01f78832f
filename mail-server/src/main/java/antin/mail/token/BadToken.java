package antin.mail.token;

/** A token that opens nothing, and why in a word for the audit log; clients are never told. */
final class BadToken extends Exception {

    private static final long serialVersionUID = 1;

    BadToken(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
