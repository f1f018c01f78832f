package antin.directory.opendj;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/**
 * A port for a server that starts only later. It lies below those that the system gives to outgoing connections (from 32768 on Linux), one of which could have taken it by then.
 */
public final class FreePort {

    private static final int FIRST = 20_000;
    private static final int LAST = 32_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private FreePort() {
    }

    public static int next() {
        while (true) {
            int port = RANDOM.nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
