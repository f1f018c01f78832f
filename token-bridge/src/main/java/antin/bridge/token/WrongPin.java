package antin.bridge.token;

/** The token did not take the PIN, and counted that; what is left is in its {@link TokenState}. */
public final class WrongPin extends Exception {

    private static final long serialVersionUID = 1;
}
