package antin.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.kernel.config.Settings;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The octets; that a real authority takes them, {@code antin.ca.status} tests. */
class HttpTimeStampsTest {

    private static final byte[] SHA_256 = HexFormat.of().parseHex("0123456789abcdef".repeat(4));
    private static final byte[] GRANTED = {0x30, 3, 2, 1, 0};

    @TempDir
    private Path home;

    @Test
    void asksAsRfc3161HasIt() throws IOException {
        byte[][] asked = new byte[1][];
        stamp(request -> {
            asked[0] = request;
            return request;
        });
        String hex = HexFormat.of().formatHex(asked[0]);
        assertThat(hex).matches("30..020101" + "3031300d06096086480165030402010500" + "0420" + "0123456789abcdef".repeat(4) + "02(0[1-9])[0-9a-f]+" + "0101ff");
        assertThat(Integer.parseInt(hex.substring(2, 4), 16)).isEqualTo(asked[0].length - 2);
    }

    @Test
    void takesAnAnswerThatGrants() throws IOException {
        assertThat(stamp(request -> sequence(GRANTED, request))).isPresent();
    }

    @Test
    void takesNoAnswerThatRefusesOrIsOfSomethingElse() throws IOException {
        assertThat(stamp(request -> sequence(new byte[] {0x30, 3, 2, 1, 2}, request))).as("rejection").isEmpty();
        assertThat(stamp(request -> sequence(GRANTED, Arrays.copyOf(request, 40)))).as("no nonce").isEmpty();
        assertThat(stamp(request -> sequence(GRANTED, new byte[60]))).as("another value").isEmpty();
        assertThat(stamp(request -> sequence(GRANTED))).as("no token").isEmpty();
        assertThat(stamp(request -> new byte[0])).isEmpty();
        assertThat(stamp(request -> new byte[] {0x30, (byte) 0x84, 1, 1, 1, 1})).isEmpty();
        assertThat(stamp(request -> new byte[] {0x30, (byte) 0x82, 1})).isEmpty();
        assertThat(stamp(request -> "<html>".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.US_ASCII))).isEmpty();
    }

    @Test
    void goesWithoutWhereNobodyAnswers() {
        assertThat(new HttpTimeStamps(URI.create("http://127.0.0.1:1/tsa")).stamp(SHA_256)).isEmpty();
    }

    @Test
    void isConfiguredByItsAddressOrNotAtAll() throws IOException {
        assertThat(HttpTimeStamps.read(settings(""))).isSameAs(TimeStamps.NONE);
        Settings set = settings("time-stamp-url=http://localhost:8441/tsa\n");
        assertThat(HttpTimeStamps.read(set)).isInstanceOf(HttpTimeStamps.class);
        set.refuseUnknownKeys();
        assertThatThrownBy(() -> HttpTimeStamps.read(settings("time-stamp-url=localhost\n"))).isInstanceOf(Problem.class).hasMessageContaining("time-stamp-url");
    }

    private Settings settings(String text) throws IOException {
        return Settings.read(Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("any.properties"), text));
    }

    private static Optional<byte[]> stamp(UnaryOperator<byte[]> authority) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/tsa", exchange -> {
            byte[] answer = authority.apply(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            return new HttpTimeStamps(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa")).stamp(SHA_256);
        } finally {
            server.stop(0);
        }
    }

    private static byte[] sequence(byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(new byte[] {0x30, (byte) content.size()});
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
