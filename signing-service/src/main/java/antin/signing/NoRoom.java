package antin.signing;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The disk has no room for a document now. */
public final class NoRoom extends RuntimeException {

    private static final long serialVersionUID = 1;
    /** POSIX, ENOSPC and EDQUOT: the JDK has no class for either. */
    private static final String[] WORDS = {"No space left on device", "Disk quota exceeded"};

    NoRoom() {
        super("The disk has no room.");
    }

    /** Whether this or what it came from tells of a full disk, whoever wrote. */
    public static boolean isWhy(@Nullable Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoRoom || cause instanceof IOException && speaksOfIt(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean speaksOfIt(String message) {
        for (String words : WORDS) {
            if (message.contains(words)) {
                return true;
            }
        }
        return false;
    }
}
