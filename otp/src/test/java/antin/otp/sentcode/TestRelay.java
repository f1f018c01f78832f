package antin.otp.sentcode;

import antin.directory.opendj.TestAuthority;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A submission server (RFC 6409) on a socket of its own, with STARTTLS (RFC 3207) or TLS from the start, that answers as a test tells it to. */
final class TestRelay implements AutoCloseable {

    /** What was said to it; what was said under TLS begins with {@code tls: }. */
    final List<String> said = new CopyOnWriteArrayList<>();
    /** Answers that differ from "fine", by the command's first word, or {@code .} for the end of a letter. An empty one is silence. */
    final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ServerSocket listener;
    private final SSLContext tls;
    private final boolean fromStart;
    private final boolean startTls;

    private TestRelay(String host, SSLContext tls, boolean fromStart, boolean startTls) throws IOException {
        this.listener = new ServerSocket(0, 10, InetAddress.getByName(host));
        this.tls = tls;
        this.fromStart = fromStart;
        this.startTls = startTls;
        Thread.ofPlatform().daemon().start(this::serve); // a virtual one that is about to wait in accept is not woken by close, and takes one connection more
    }

    /** With a certificate for localhost and 127.0.0.1, below {@code authority}. */
    static TestRelay start(String host, TestAuthority authority, Path folder, boolean fromStart, boolean startTls) throws IOException, GeneralSecurityException {
        authority.issue(folder, "relay", "CN=relay", "");
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(TlsMaterial.presenting(PemFile.privateKey(folder.resolve("relay.key"), "EC"), PemFile.certificates(folder.resolve("relay.pem"))), null, null);
        return new TestRelay(host, tls, fromStart, startTls);
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                converse(fromStart ? secured(client) : client, true);
            } catch (IOException e) {
                said.add("ended: " + e.getClass().getSimpleName());
            }
        }
    }

    private void converse(Socket client, boolean greets) throws IOException {
        boolean secure = client instanceof SSLSocket;
        OutputStream out = client.getOutputStream();
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        if (greets) {
            say(out, "220 relay");
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add((secure ? "tls: " : "") + line);
            String command = line.replaceAll(" .*", "");
            switch (command) {
                case "EHLO" -> say(out, "250-relay\r\n" + (startTls && !secure ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN");
                case "STARTTLS" -> {
                    say(out, "220 go on");
                    converse(secured(client), false);
                    return;
                }
                case "AUTH" -> say(out, answers.getOrDefault(command, "235 fine"));
                case "DATA" -> {
                    say(out, "354 go on");
                    letter(in, secure);
                    say(out, answers.getOrDefault(".", "250 taken"));
                }
                case "QUIT" -> {
                    say(out, "221 bye");
                    return;
                }
                default -> say(out, answers.getOrDefault(command, "250 fine"));
            }
        }
    }

    private void letter(BufferedReader in, boolean secure) throws IOException {
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            said.add((secure ? "tls: " : "") + line);
        }
    }

    private Socket secured(Socket client) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(client, "client", client.getPort(), true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static void say(OutputStream out, String line) throws IOException {
        if (!line.isEmpty()) {
            out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
