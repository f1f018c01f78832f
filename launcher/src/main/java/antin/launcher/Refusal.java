package antin.launcher;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into one sentence that says what to do. */
final class Refusal {

    private static final long NEARLY_FULL = 16L << 20;

    private Refusal() {
    }

    static Problem of(String sentence) {
        return new Problem(Kind.MISCONFIGURED, sentence);
    }

    static Problem of(String sentence, @Nullable Throwable cause) {
        return new Problem(Kind.MISCONFIGURED, sentence, cause);
    }

    /** The sentence for {@code failure}; a full disk explains any other failure. */
    static String sentence(Throwable failure, Path home) {
        if (isFull(home)) {
            return "The disk that holds " + home + " is full. Free at least 2 GB there, or name another folder with ANTIN_HOME, and run ./antin up again.";
        }
        if (failure instanceof Problem problem) {
            return problem.detail();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "The user " + System.getProperty("user.name") + " may not write " + denied.getFile()
                + ". Change its owner or name another folder with ANTIN_HOME.";
        }
        return "Unexpected: " + failure + ". The logs are in " + home.resolve("log") + "; please report this.";
    }

    static boolean isFull(Path home) {
        try {
            Path existing = home.toAbsolutePath();
            while (existing != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            if (existing == null) {
                return false;
            }
            FileStore store = Files.getFileStore(existing);
            return store.getUsableSpace() < NEARLY_FULL;
        } catch (IOException e) {
            return false;
        }
    }
}
