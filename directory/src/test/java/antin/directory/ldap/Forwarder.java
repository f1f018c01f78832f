package antin.directory.ldap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on, so that a server answers under a second address, dies at a word, or does as it was asked and cannot say so. */
final class Forwarder implements AutoCloseable {

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean losesAnswer = new AtomicBoolean();
    private final AtomicInteger lost = new AtomicInteger();

    Forwarder(String address, int target) throws IOException {
        this.listener = new ServerSocket(0, 50, InetAddress.getByName(address));
        this.target = target;
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** What the server says next ends the connection in place of being passed on. */
    void loseNextAnswer() {
        losesAnswer.set(true);
    }

    /** How many answers were lost so. */
    int lost() {
        return lost.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.add(near);
                open.add(far);
                threads.execute(() -> pump(near, far, false));
                threads.execute(() -> pump(far, near, true));
            }
        } catch (IOException e) {
            threads.shutdown(); // closed
        }
    }

    private void pump(Socket from, Socket to, boolean answers) {
        byte[] bytes = new byte[16 * 1024];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                if (answers && losesAnswer.compareAndSet(true, false)) {
                    lost.incrementAndGet();
                    return;
                }
                out.write(bytes, 0, read);
            }
        } catch (IOException e) {
            // one side is gone, and so is the other now
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** At once, with all that was open. */
    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
