package antin.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A client that says exactly what a test wants, byte by byte. */
final class Wire implements AutoCloseable {

    private Socket socket;
    private InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        socket.setSoTimeout(15_000);
    }

    static Wire open(int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** From another address of this machine. */
    static Wire openFrom(String local, int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port, InetAddress.getByName(local), 0));
    }

    static Wire openTls(int port) throws IOException, GeneralSecurityException {
        Wire wire = open(port);
        wire.startTls();
        return wire;
    }

    Wire startTls() throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
        SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", socket.getPort(), true);
        tls.startHandshake();
        socket = tls;
        in = new BufferedInputStream(tls.getInputStream());
        return this;
    }

    /** How long a read waits. */
    void patience(Duration longest) throws IOException {
        socket.setSoTimeout((int) longest.toMillis());
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The next line without its end; empty string at the end of the connection. */
    String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
                if (b != '\r') {
                    line.write(b);
                }
            }
        } catch (SocketException e) {
            return line.toString(StandardCharsets.UTF_8); // reset: the other side is gone
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** The last line of an SMTP answer. */
    String answer() throws IOException {
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
        }
        return line;
    }

    /** A whole SMTP answer. */
    String answers() throws IOException {
        StringBuilder all = new StringBuilder();
        String line = line();
        while (line.length() > 3 && line.charAt(3) == '-') {
            all.append(line).append('\n');
            line = line();
        }
        return all.append(line).toString();
    }

    /** Sends a line and reads an SMTP answer. */
    String ask(String line) throws IOException {
        return send(line + "\r\n").answer();
    }

    /** Sends a tagged IMAP command and reads up to its tagged answer or the end. */
    String imap(String tag, String command) throws IOException {
        send(tag + ' ' + command + "\r\n");
        return untilTag(tag);
    }

    String untilTag(String tag) throws IOException {
        String line = line();
        while (!line.isEmpty() && !line.startsWith(tag + ' ') && !line.startsWith("* BYE")) {
            line = line();
        }
        return line;
    }

    /** All that comes until the other side ends the connection. */
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            for (int b = in.read(); b >= 0; b = in.read()) {
                all.write(b);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("The connection stays open; so far: " + all, e);
        } catch (IOException e) {
            // reset: the other side is gone
        }
        return all.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
