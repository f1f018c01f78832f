package antin.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Many TLS connections to one port of an installation, all of which are to stay. */
final class OpenConnections implements AutoCloseable {

    /** What is said on a connection, and that something comes back. */
    interface Talk {
        void with(SSLSocket socket, BufferedReader from, OutputStream to) throws IOException;
    }

    private record Open(SSLSocket socket, BufferedReader from) {
    }

    /** LDAP's "Who am I?" (RFC 4532); what the answer says is all the same. */
    private static final byte[] WHO_AM_I = HexFormat.of().parseHex("301e02010177198017");
    private static final String WHO_AM_I_OID = "1.3.6.1.4.1.4203.1.11.3";
    static final Talk LDAP = (socket, from, to) -> {
        to.write(WHO_AM_I);
        to.write(WHO_AM_I_OID.getBytes(StandardCharsets.US_ASCII));
        to.flush();
        byte[] header = socket.getInputStream().readNBytes(2);
        if (header.length < 2 || header[0] != 0x30 || socket.getInputStream().readNBytes(header[1]).length != header[1]) {
            throw new IOException("No LDAP message came back");
        }
    };
    static final Talk IMAP = (socket, from, to) -> {
        say(to, "n NOOP\r\n");
        expect("n OK", from.readLine());
    };
    static final Talk HTTP = (socket, from, to) -> {
        say(to, "HEAD /login HTTP/1.1\r\nHost: localhost:" + socket.getPort() + "\r\n\r\n");
        expect("HTTP/1.1 200", from.readLine());
        for (String line = from.readLine(); line != null && !line.isEmpty(); ) {
            line = from.readLine();
        }
    };

    private final Talk talk;
    private final List<Open> open = new ArrayList<>();

    OpenConnections(Antin antin, int port, int number, Talk begin, Talk talk) throws Exception {
        this.talk = talk;
        SSLContext tls = trusting(antin);
        for (int i = 0; i < number; i++) {
            // From several addresses: the mail server takes so many of each
            Socket plain = new Socket(InetAddress.getByName("127.0.0.1"), antin.port(port), InetAddress.getByAddress(new byte[] {127, 0, 3, (byte) (1 + i % 4)}), 0);
            SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", antin.port(port), true);
            socket.setSoTimeout(20_000);
            Open one = new Open(socket, new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII)));
            open.add(one);
            begin.with(socket, one.from, socket.getOutputStream());
        }
    }

    /** On each of them. */
    void talk() throws IOException {
        for (Open one : open) {
            talk.with(one.socket, one.from, one.socket.getOutputStream());
        }
    }

    @Override
    public void close() throws IOException {
        for (Open one : open) {
            one.socket.close();
        }
    }

    /** The certificate that a newcomer sees. */
    static X509Certificate shown(Antin antin, int port) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket) trusting(antin).getSocketFactory().createSocket("localhost", antin.port(port))) {
            socket.setSoTimeout(20_000);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    static void say(OutputStream to, String text) throws IOException {
        to.write(text.getBytes(StandardCharsets.US_ASCII));
        to.flush();
    }

    static void expect(String beginning, String line) throws IOException {
        if (line == null || !line.startsWith(beginning)) {
            throw new IOException("Not " + beginning + ", but " + line);
        }
    }

    /** A context of its own each time, which has no TLS session to resume. */
    private static SSLContext trusting(Antin antin) throws IOException, GeneralSecurityException {
        KeyStore trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        try (var file = Files.newInputStream(Path.of(antin.root()))) {
            trust.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trust);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, factory.getTrustManagers(), null);
        return tls;
    }
}
