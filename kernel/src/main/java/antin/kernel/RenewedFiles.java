package antin.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read from files that may be replaced at any time: they are looked at every few seconds, as it is asked for, and read anew where one of them is another. What cannot be
 * used, such as a key whose certificate is not there yet, changes nothing. Safe for use by many threads.
 *
 * @param <T> what they hold; better immutable
 */
public final class RenewedFiles<T> implements Supplier<T> {

    public static final Duration LOOK = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(RenewedFiles.class);
    private final List<Path> files;
    private final Supplier<T> read;
    private final long lookNanos;
    private final ReentrantLock looking = new ReentrantLock();
    private String used;
    private String refused = "";
    private volatile T last;
    private volatile long looked;

    private RenewedFiles(List<Path> files, Supplier<T> read, Duration look) {
        this.files = List.copyOf(files);
        this.read = read;
        this.lookNanos = look.toNanos();
        this.used = state();
        this.last = readAtFirst();
        this.looked = System.nanoTime();
    }

    /**
     * Reads them for the first time, and throws what that throws.
     *
     * @param files all that {@code read} depends on; one may be missing
     * @param read  throws a {@link Problem} where it cannot be used
     * @param look  no more often than this
     */
    public static <T> RenewedFiles<T> read(List<Path> files, Supplier<T> read, Duration look) {
        return new RenewedFiles<>(files, read, look);
    }

    /** What they hold, or held when they could last be used. */
    @Override
    public T get() {
        if (System.nanoTime() - looked >= lookNanos && looking.tryLock()) { // the others go on with what is there
            try {
                look();
            } finally {
                looked = System.nanoTime();
                looking.unlock();
            }
        }
        return last;
    }

    private void look() {
        String now = state();
        if (now.equals(used)) {
            return;
        }
        try {
            last = read.get();
            used = now;
            LOG.info("{} is a new one, and is used from now on", files.getLast());
        } catch (Problem e) {
            if (!now.equals(refused)) {
                LOG.warn("{} is not what it should be; what was there before stays in use", files.getLast(), e);
            }
            refused = now;
        }
    }

    /** Once more where they change under it. */
    private T readAtFirst() {
        while (true) {
            try {
                return read.get();
            } catch (Problem e) {
                rest();
                String now = state();
                if (now.equals(used)) {
                    throw e;
                }
                used = now;
            }
        }
    }

    /** Another file under the same name is another state. */
    private String state() {
        StringBuilder state = new StringBuilder();
        for (Path file : files) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                state.append(attributes.fileKey()).append(' ').append(attributes.lastModifiedTime()).append(' ').append(attributes.size());
            } catch (NoSuchFileException e) {
                state.append("missing");
            } catch (IOException e) {
                state.append("unreadable");
            }
            state.append(" | ");
        }
        return state.toString();
    }

    private static void rest() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
