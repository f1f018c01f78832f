package antin.otp.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final Outbox outbox = new Outbox(TestDatabase.client(), clock);

    @Test
    void givesALetterToOneAtATimeAndAgainWhereNobodySaidThatItWasSent() {
        outbox.send("300001", "Một\r\nBcc: ke-la@example.org", "Hai");
        List<Outbox.Waiting> taken = mine(outbox.take(100, clock.instant().plusSeconds(60)));
        assertThat(taken).hasSize(1);
        assertThat(taken.getFirst().subject()).as("no second field").isEqualTo("Một Bcc: ke-la@example.org");
        assertThat(mine(outbox.take(100, clock.instant().plusSeconds(60)))).as("in hand").isEmpty();
        clock.forward(Duration.ofSeconds(61)); // whoever had it was killed
        assertThat(mine(outbox.take(100, clock.instant().plusSeconds(60)))).hasSize(1);
        outbox.done(taken.getFirst().id());
        clock.forward(Duration.ofDays(1));
        assertThat(mine(outbox.take(100, clock.instant()))).isEmpty();
    }

    @Test
    void speaksLmtpAndTakesNoRefusalForDelivery() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LmtpPost post = new LmtpPost(new InetSocketAddress("127.0.0.1", server.getLocalPort()));
            CompletableFuture<List<String>> said = CompletableFuture.supplyAsync(() -> converse(server, "250 kept"));
            post.deliver("an@city.example", "Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(said.get()).containsExactly("LHLO localhost", "MAIL FROM:<>", "RCPT TO:<an@city.example>", "DATA", "Subject: x", "", "y", ".");
            CompletableFuture.supplyAsync(() -> converse(server, "451 later"));
            assertThatThrownBy(() -> post.deliver("an@city.example", "y\r\n".getBytes(StandardCharsets.US_ASCII))).isInstanceOf(IOException.class).hasMessageContaining("451 later");
            assertThatThrownBy(() -> post.deliver("an@city.example>\r\nDATA", new byte[0])).isInstanceOf(IOException.class).hasMessageContaining("No address");
        }
    }

    private static List<String> converse(ServerSocket server, String last) {
        List<String> said = new ArrayList<>();
        try (Socket client = server.accept(); PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.US_ASCII);
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
            out.print("220-hello\r\n220 ready\r\n");
            out.flush();
            boolean data = false;
            for (String line = in.readLine(); line != null && !line.equals("QUIT"); line = in.readLine()) {
                said.add(line);
                if (data && !line.equals(".")) {
                    continue;
                }
                out.print(line.equals("DATA") ? "354 go on\r\n" : line.equals(".") ? last + "\r\n" : "250 fine\r\n");
                data = line.equals("DATA");
                out.flush();
            }
        } catch (IOException e) {
            said.add(e.toString());
        }
        return said;
    }

    private static List<Outbox.Waiting> mine(List<Outbox.Waiting> letters) {
        return letters.stream().filter(letter -> letter.person().equals("300001")).toList();
    }
}
