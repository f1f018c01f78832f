package antin.backbone.load;

import antin.ca.status.DelegatedKey;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** {@code openssl ocsp} as a server, with the same key, for the same certificates. */
record OpensslResponder(Process process, int port) implements AutoCloseable {

    static OpensslResponder start(Path folder, DelegatedKey key, List<BigInteger> serials) throws Exception {
        StringBuilder index = new StringBuilder();
        for (BigInteger serial : serials) {
            index.append("V\t351231000000Z\t\t").append(serial.toString(16).toUpperCase(Locale.ROOT)).append("\tunknown\t/CN=").append(serial.toString(16)).append('\n');
        }
        Files.writeString(folder.resolve("index.txt"), index);
        Files.writeString(folder.resolve("index.txt.attr"), "unique_subject = no\n");
        Files.writeString(folder.resolve("signer.pem"), PemFile.encode(List.of(key.certificate())));
        Files.writeString(folder.resolve("signer.key"), PemFile.encode(key.key()));
        Files.writeString(folder.resolve("authority.pem"), PemFile.encode(List.of(key.issuer())));
        int port = freePort();
        Process process = new ProcessBuilder("openssl", "ocsp", "-port", Integer.toString(port), "-index", "index.txt", "-CA", "authority.pem", "-rsigner", "signer.pem", "-rkey", "signer.key",
            "-nmin", "10", "-ignore_err").directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("openssl.out").toFile()).start();
        OpensslResponder responder = new OpensslResponder(process, port);
        // It says so itself: a connection that asks nothing would confuse it
        for (int i = 0; !Files.readString(folder.resolve("openssl.out")).contains("waiting for OCSP"); i++) {
            if (i == 100 || !process.isAlive()) {
                responder.close();
                throw new IllegalStateException("openssl ocsp does not listen: " + Files.readString(folder.resolve("openssl.out")));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return responder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
