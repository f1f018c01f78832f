package antin.bridge;

import antin.bridge.origin.Places;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The program as it is, but for its places: a policy and a user's folder of a test's own, which no argument or variable of the real one can choose. */
final class DeskProgram {

    /** The jar would tell it. */
    private static final String VERSION = "0.1.0";

    private DeskProgram() {
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        TokenBridge.run(words.subList(2, words.size()), new Places(Path.of(words.get(0)), Path.of(words.get(1))), VERSION);
        System.exit(0);
    }
}
