package antin.launcher;

import antin.kernel.internal.PeerClient;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code ./antin admin revoke}: asks the backbone's internal port as {@code antin:launcher}, whose key only the operator can read. */
final class Revocation {

    private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,40}"); // RFC 5280, 4.1.2.2: at most 20 octets
    private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,30}");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Revocation() {
    }

    /** Returns what to tell the operator. {@code serial} is hexadecimal, as openssl prints it, with or without colons. */
    static String revoke(Installation installation, int port, String serial, String reason) {
        String hex = serial.toLowerCase(Locale.ROOT).replace(":", "").replaceFirst("^(serial=|0x)", "");
        if (!SERIAL.matcher(hex).matches()) {
            throw Refusal.of("A serial is hexadecimal, as openssl x509 -serial prints it, and not " + serial + ".");
        }
        if (!REASON.matcher(reason).matches()) {
            throw Refusal.of("A reason is a word such as keyCompromise, superseded or cessationOfOperation, and not " + reason + ".");
        }
        InternalIdentity identity = InternalIdentity.read(installation.home().resolve("tls/internal"), "launcher");
        String body = "{\"serial\":\"" + hex + "\",\"reason\":\"" + reason + "\",\"actor\":\"operator\"}";
        try (PeerClient backbone = new PeerClient(URI.create("https://localhost:" + port), identity, new PeerName("antin:backbone"))) {
            HttpResponse<byte[]> answer = backbone.post("/revocations", body.getBytes(StandardCharsets.UTF_8), PATIENCE);
            Flat told = new Flat(new String(answer.body(), StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw Refusal.of("The certificate " + hex + " was not revoked: " + told.text("detail", told.text("title", "status " + answer.statusCode())));
            }
            return "revoked " + hex + " at " + told.text("revokedAt", "?") + " (" + reason + ")";
        }
    }
}
