package antin.bridge.token;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Loads the makers' libraries when somebody first asks for a token: the greeting need not wait for them. For one thread. */
public final class LazyTokens implements Tokens {

    private final Supplier<List<Path>> allowed;
    private @Nullable Tokens loaded;

    public LazyTokens(Supplier<List<Path>> allowed) {
        this.allowed = allowed;
    }

    @Override
    public List<Token> present() {
        Tokens tokens = loaded;
        if (tokens == null) {
            tokens = Pkcs11Tokens.load(allowed.get());
            loaded = tokens;
        }
        return tokens.present();
    }

    @Override
    public void close() {
        if (loaded != null) {
            loaded.close();
        }
    }
}
