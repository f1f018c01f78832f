package antin.backbone.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Asks a server on this machine over plain HTTP with as little work of its own as can be, so that what is measured is the server. */
final class HttpLoad {

    private static final int LARGEST = 16 * 1024;

    private record Connection(Socket socket, byte[] answer) {
    }

    private final InetSocketAddress server;
    private final List<byte[]> requests;
    private final boolean kept;
    private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    /** @param kept whether a connection serves many requests */
    HttpLoad(int port, List<byte[]> requests, boolean kept) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.requests = List.copyOf(requests);
        this.kept = kept;
    }

    static byte[] get(String path, boolean kept) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + (kept ? "" : "Connection: close\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] post(String path, String type, byte[] body, boolean kept) {
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n"
            + (kept ? "" : "Connection: close\r\n") + "\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** One request that any of them may be, and its whole answer. */
    void ask() throws IOException {
        byte[] request = requests.get(ThreadLocalRandom.current().nextInt(requests.size()));
        Connection used = idle.poll();
        if (used != null) {
            try {
                exchange(used, request);
                idle.add(used);
                return;
            } catch (IOException e) {
                used.socket.close(); // it was idle for too long
            }
        }
        Connection fresh = open();
        exchange(fresh, request);
        if (kept) {
            idle.add(fresh);
        } else {
            fresh.socket.close();
        }
    }

    /** One whole answer, with its head. */
    byte[] one() throws IOException {
        Connection connection = open();
        try (Socket socket = connection.socket) {
            return java.util.Arrays.copyOf(connection.answer, exchange(connection, requests.getFirst()));
        }
    }

    private Connection open() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoLinger(true, 0); // leaves no port behind that waits
        socket.setSoTimeout(10_000);
        socket.connect(server);
        return new Connection(socket, new byte[LARGEST]);
    }

    private static int exchange(Connection connection, byte[] request) throws IOException {
        connection.socket.getOutputStream().write(request);
        InputStream in = connection.socket.getInputStream();
        int have = 0;
        int whole = -1;
        while (whole < 0 || have < whole) {
            int read = in.read(connection.answer, have, LARGEST - have);
            if (read < 0) {
                throw new IOException("The connection ended");
            }
            have += read;
            whole = whole < 0 ? whole(connection.answer, have) : whole;
        }
        if (connection.answer[9] != '2') {
            throw new IllegalStateException(new String(connection.answer, 0, have, StandardCharsets.ISO_8859_1));
        }
        return whole;
    }

    /** The length of head and body; negative where the head is not there yet. */
    private static int whole(byte[] answer, int have) {
        for (int i = 3; i < have; i++) {
            if (answer[i] == '\n' && answer[i - 2] == '\n') {
                String head = new String(answer, 0, i, StandardCharsets.ISO_8859_1);
                return i + 1 + length(head);
            }
        }
        return -1;
    }

    private static int length(String head) {
        int at = head.indexOf("Content-length: ");
        at = at < 0 ? head.toLowerCase(Locale.ROOT).indexOf("content-length: ") : at;
        @Nullable String rest = at < 0 ? null : head.substring(at + "content-length: ".length());
        return rest == null ? 0 : Integer.parseInt(rest.substring(0, rest.indexOf('\r')).strip());
    }
}
