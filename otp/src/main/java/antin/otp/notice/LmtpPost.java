package antin.otp.notice;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * {@link Post} by LMTP (RFC 2033), to mail-server's port on this machine: a letter of ours passes no filter for strangers' mail and needs no password. The sender is the empty one,
 * so that no report of failure goes to anybody.
 */
public final class LmtpPost implements Post {

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int LONGEST_LINE = 2_000;

    private final InetSocketAddress server;

    public LmtpPost(InetSocketAddress server) {
        this.server = server;
    }

    @Override
    public void deliver(String recipient, byte[] letter) throws IOException {
        if (!recipient.matches("[\\x21-\\x7e&&[^<>]]+@[A-Za-z0-9.-]+")) {
            throw new IOException("No address for LMTP"); // a line end in it would be another command
        }
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            expect(in, '2');
            say(out, in, "LHLO localhost", '2');
            say(out, in, "MAIL FROM:<>", '2');
            say(out, in, "RCPT TO:<" + recipient + '>', '2');
            say(out, in, "DATA", '3');
            out.write(letter); // in Base64 no line of a body begins with a dot, nor does one of a header
            say(out, in, ".", '2'); // RFC 2033, 4.2: one answer for the one recipient
            out.write("QUIT\r\n".getBytes(US_ASCII));
            out.flush();
        }
    }

    private static void say(OutputStream out, InputStream in, String line, char expected) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
        expect(in, expected);
    }

    private static void expect(InputStream in, char first) throws IOException {
        String line;
        do {
            line = line(in);
        } while (line.length() > 3 && line.charAt(3) == '-');
        if (line.isEmpty() || line.charAt(0) != first) {
            throw new IOException("mail-server answered " + line);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.length() > LONGEST_LINE) {
                throw new IOException("mail-server hung up");
            }
            line.append((char) octet);
        }
        return line.toString().stripTrailing();
    }
}
