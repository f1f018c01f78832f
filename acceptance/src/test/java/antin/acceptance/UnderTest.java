package antin.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test the installation it speaks to: the one that {@code -Dantin.home} names, or else one made for this run, brought
 * up once and taken down at the end.
 */
final class UnderTest implements ParameterResolver {

    private record Own(Antin antin) implements AutoCloseable {
        @Override
        public void close() {
            antin.end();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Antin.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String home = System.getProperty("antin.home", "");
        if (!home.isEmpty()) {
            try {
                return Antin.running(Path.of(home));
            } catch (IOException e) {
                throw new AssertionError("Nothing is up in " + home + ". Run ./antin up first.", e);
            }
        }
        return context.getRoot().getStore(ExtensionContext.Namespace.GLOBAL).computeIfAbsent(Own.class, key -> bringUp(), Own.class).antin();
    }

    private static Own bringUp() {
        Antin antin = Antin.fresh(Antin.SHARED);
        Own own = new Own(antin);
        antin.up();
        return own;
    }
}
