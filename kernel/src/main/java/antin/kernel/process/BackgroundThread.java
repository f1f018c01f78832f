package antin.kernel.process;

import java.time.Duration;

/** A part's own thread. Its work asks {@link #isClosed} between its steps, and rests where a peer is away. */
public final class BackgroundThread implements AutoCloseable {

    private static final Duration STOP = Duration.ofSeconds(2);

    private final Thread thread;
    private volatile boolean closed;

    public BackgroundThread(String name, Runnable work) {
        thread = new Thread(work, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public boolean isClosed() {
        return closed;
    }

    /** For the work itself: waits, less long where it is closed meanwhile. */
    public void rest(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the work and waits a little for its end. */
    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            return; // there is nothing to wait for
        }
        thread.interrupt();
        try {
            thread.join(STOP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
