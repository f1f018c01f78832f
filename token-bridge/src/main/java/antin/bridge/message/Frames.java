package antin.bridge.message;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Messages on standard input and output: a length of four octets in the machine's own byte order, then that many octets of JSON (native messaging of Chromium and Firefox). One thread reads, any
 * thread writes.
 */
public final class Frames {

    /** What a browser may send, in octets (Web eID's limit). */
    public static final int LONGEST_IN = 8 * 1024;
    /** What a browser takes, in octets (Chromium's and Firefox's limit is 1 MiB). */
    public static final int LONGEST_OUT = 1024 * 1024;

    private final DataInputStream in;
    private final OutputStream out;

    public Frames(InputStream in, OutputStream out) {
        this.in = new DataInputStream(in);
        this.out = out;
    }

    /** The next message; empty where the browser has closed the pipe between two messages. What comes after a {@link Refused} cannot be told apart, so nothing more is to be read. */
    public Optional<byte[]> read() throws IOException {
        byte[] prefix = new byte[Integer.BYTES];
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        prefix[0] = (byte) first;
        in.readFully(prefix, 1, Integer.BYTES - 1);
        int length = ByteBuffer.wrap(prefix).order(ByteOrder.nativeOrder()).getInt();
        if (length < 0 || length > LONGEST_IN) {
            throw new Refused(Reason.MESSAGE_TOO_LARGE);
        }
        byte[] message = in.readNBytes(length);
        if (message.length < length) {
            throw new EOFException("The pipe ended within a message");
        }
        return Optional.of(message);
    }

    /** Sends a message whole. */
    public synchronized void write(byte[] message) throws IOException {
        if (message.length > LONGEST_OUT) {
            throw new IllegalArgumentException("A message of " + message.length + " octets is too long for a browser");
        }
        out.write(ByteBuffer.allocate(Integer.BYTES + message.length).order(ByteOrder.nativeOrder()).putInt(message.length).put(message).array());
        out.flush();
    }
}
