package antin.signing.hook;

import antin.kernel.SecretFile;
import antin.kernel.tls.TlsMaterial;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One registered address. Safe for use by many threads. */
final class Receiver implements AutoCloseable {

    static final String HEADER = "Antin-Signature";
    private static final String MAC = "HmacSHA256";

    private final Hook hook;
    private final Duration patience;
    private final Clock clock;
    private final HttpClient client;

    Receiver(Hook hook, Duration patience, Clock clock) {
        this.hook = hook;
        this.patience = patience;
        this.clock = clock;
        // No redirects: the address is the one that was registered. HTTP/1.1, as every small receiver speaks it
        HttpClient.Builder builder = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).version(HttpClient.Version.HTTP_1_1).connectTimeout(patience);
        hook.trustFile().ifPresent(file -> builder.sslContext(TlsMaterial.clientTrusting(file)));
        client = builder.build();
    }

    /** The status; whatever the body says is thrown away. */
    int tell(HookEvent event) throws IOException, InterruptedException {
        byte[] body = event.body().getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(hook.url()).timeout(patience).header("Content-Type", "application/json")
            .header(HEADER, signature(SecretFile.text(hook.secretFile()).getBytes(StandardCharsets.UTF_8), clock.instant().getEpochSecond(), body)).POST(BodyPublishers.ofByteArray(body)).build();
        return client.send(request, status -> new ShortAnswer(patience)).statusCode();
    }

    /** {@code t=UNIX,v1=HEX}, the HMAC-SHA256 (RFC 2104) of the time, a dot and the body: an old one cannot be sent with another time. */
    static String signature(byte[] secret, long time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
