package antin.bridge.token;

import java.util.List;

/** The tokens of this machine. */
public interface Tokens extends AutoCloseable {

    /** Those that are in a reader now and initialised; looked for anew each time. */
    List<Token> present();

    /** Frees the makers' libraries. */
    @Override
    void close();
}
