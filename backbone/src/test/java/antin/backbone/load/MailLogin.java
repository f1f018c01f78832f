package antin.backbone.load;

import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.otp.apppassword.AppScope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What mail-server asks for each login of a mail program, over connections that stay. */
final class MailLogin {

    private final HttpClient client;
    private final URI address;

    MailLogin(int internalPort, InternalIdentity mailServer) {
        this.address = URI.create("https://localhost:" + internalPort + "/mail-logins");
        this.client = HttpClient.newBuilder().sslContext(mailServer.clientContext(new PeerName("antin:backbone"))).version(HttpClient.Version.HTTP_1_1).build();
    }

    void run(Staff who) throws IOException, InterruptedException {
        String question = "{\"login\":\"%s\",\"password\":\"%s\",\"scope\":\"%s\",\"address\":\"%s\"}".formatted(who.mailAddress, who.appPassword, AppScope.IMAP.word(), who.address().getHostAddress());
        HttpResponse<String> answer = client.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(question)).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("A mail login was answered with " + answer.statusCode() + ": " + answer.body());
        }
    }
}
