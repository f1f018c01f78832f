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

/** {@code ./antin admin revoke}, {@code hold} and {@code release}: asks the backbone's internal port as {@code antin:launcher}, whose key only the operator can read. */
final class Revocation {

    private static final Pattern SERIAL = Pattern.compile("[0-9a-f]{1,40}"); // RFC 5280, 4.1.2.2: at most 20 octets
    private static final Pattern REASON = Pattern.compile("[A-Za-z]{1,30}");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Revocation() {
    }

    /** Returns what to tell the operator. {@code serial} is hexadecimal, as openssl prints it, with or without colons. */
    static String revoke(Installation installation, int port, String serial, String reason) {
        String hex = hex(serial);
        if (!REASON.matcher(reason).matches()) {
            throw Refusal.of("A reason is a word such as keyCompromise, superseded or cessationOfOperation, and not " + reason + ".");
        }
        Flat told = ask(installation, port, "/revocations", "{\"serial\":\"" + hex + "\",\"reason\":\"" + reason + "\",\"actor\":\"operator\"}",
            "The certificate " + hex + " was not revoked: ");
        return "revoked " + hex + " at " + told.text("revokedAt", "?") + " (" + reason + ")";
    }

    /** Takes it back until it is released, or releases it; returns what to tell the operator. */
    static String hold(Installation installation, int port, String serial, boolean held) {
        String hex = hex(serial);
        Flat told = ask(installation, port, "/holds", "{\"serial\":\"" + hex + "\",\"held\":" + held + ",\"actor\":\"operator\"}",
            "The certificate " + hex + " was not " + (held ? "held: " : "released: "));
        return held ? "held " + hex + " since " + told.text("heldSince", "?") : "released " + hex;
    }

    private static String hex(String serial) {
        String hex = serial.toLowerCase(Locale.ROOT).replace(":", "").replaceFirst("^(serial=|0x)", "");
        if (!SERIAL.matcher(hex).matches()) {
            throw Refusal.of("A serial is hexadecimal, as openssl x509 -serial prints it, and not " + serial + ".");
        }
        return hex;
    }

    private static Flat ask(Installation installation, int port, String path, String body, String failure) {
        InternalIdentity identity = InternalIdentity.read(installation.home().resolve("tls/internal"), "launcher");
        try (PeerClient backbone = new PeerClient(URI.create("https://localhost:" + port), identity, new PeerName("antin:backbone"))) {
            HttpResponse<byte[]> answer = backbone.post(path, body.getBytes(StandardCharsets.UTF_8), PATIENCE);
            Flat told = new Flat(new String(answer.body(), StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw Refusal.of(failure + told.text("detail", told.text("title", "status " + answer.statusCode())));
            }
            return told;
        }
    }
}
