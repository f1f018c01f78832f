package antin.otp.sentcode;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * A provider's gateway: {@code POST} of a JSON text in which the operator wrote {@code {to}} and {@code {text}}, with a bearer token. Any 2xx
 * is a yes. It follows no redirects, which would carry the token elsewhere.
 */
public final class SmsGateway implements CodeSender, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * @param url   https
     * @param token its file is read for each message; none: the gateway knows us otherwise
     * @param body  such as <code>{"to": "{to}", "text": "{text}"}</code>
     * @param trust authorities in PEM in place of the JDK's own
     */
    public record Settings(URI url, Optional<Path> token, String body, Optional<Path> trust) {
    }

    private final Settings settings;
    private final Duration patience;
    private final HttpClient client;
    private final JsonMapper json = JsonMapper.builder().build();

    public SmsGateway(Settings settings) {
        this(settings, PATIENCE);
    }

    /** @param patience for connecting, and for the answer */
    SmsGateway(Settings settings, Duration patience) {
        this.patience = patience;
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(patience).followRedirects(Redirect.NEVER);
        settings.trust().ifPresent(trust -> builder.sslContext(TlsMaterial.clientTrusting(trust)));
        this.client = builder.build();
    }

    @Override
    public void send(String destination, String text) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url()).timeout(patience).header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(settings.body().replace("{to}", inside(destination)).replace("{text}", inside(text))));
        settings.token().ifPresent(file -> request.header("Authorization", "Bearer " + SecretFile.text(file)));
        try {
            HttpResponse<Void> answer = client.send(request.build(), BodyHandlers.discarding());
            if (answer.statusCode() / 100 != 2) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "The SMS gateway answered " + answer.statusCode() + '.');
            }
        } catch (IOException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The SMS gateway does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.PEER_UNAVAILABLE, "The SMS gateway was not waited for.", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** As it stands between the quotes of a JSON text. */
    private String inside(String text) {
        String quoted = json.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}
