package antin.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks {@code ca} for certificates the way the backbone does, with the backbone's own key, and OCSP for their status. */
final class Issuing {

    private static final Pattern CERTIFICATE = Pattern.compile("\"certificate\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern STATUS = Pattern.compile("(?m)^\\S+: (good|revoked|unknown)$");

    private final Antin antin;
    private final Path folder;
    private final Queue<String> serials = new ConcurrentLinkedQueue<>();

    Issuing(Antin antin, Path folder) {
        this.antin = antin;
        this.folder = folder;
    }

    void until(AtomicBoolean going) {
        while (going.get()) {
            issue();
        }
    }

    /** The hexadecimal serials of the certificates that came back. */
    List<String> answered() {
        return List.copyOf(serials);
    }

    /** What OCSP says of a serial of that authority: {@code agencies} for what was asked for here. */
    String status(String authority, String serial) {
        Path issuing = antin.home().resolve("tls/" + authority + ".pem");
        String answer = Tool.run("openssl", "ocsp", "-issuer", issuing.toString(), "-serial", "0x" + serial, "-url",
            "http://localhost:" + antin.port(8441) + "/ocsp", "-CAfile", antin.root(), "-verify_other", issuing.toString()).output();
        Matcher status = STATUS.matcher(answer);
        return status.find() ? status.group(1) : answer;
    }

    private void issue() {
        try {
            String id = UUID.randomUUID().toString();
            Path key = folder.resolve(id + ".key");
            Path request = folder.resolve(id + ".p10");
            Tool.run("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc", "-keyout", key.toString(),
                "-subj", "/CN=x", "-outform", "DER", "-out", request.toString()).succeeds();
            String body = "{\"id\":\"" + id + "\",\"profile\":\"agency-seal\",\"subject\":\"CN=Kill test " + id + ",O=Test,C=VN\",\"emails\":[],\"pkcs10\":\""
                + Base64.getEncoder().encodeToString(Files.readAllBytes(request)) + "\",\"actor\":\"test\"}";
            Path internal = antin.home().resolve("tls/internal");
            String answer = Tool.run("curl", "-s", "--max-time", "20", "--cacert", internal.resolve("ca.pem").toString(), "--cert",
                internal.resolve("backbone.pem").toString(), "--key", internal.resolve("backbone.key").toString(), "-H", "Content-Type: application/json",
                "--data", body, "https://localhost:" + antin.port(9441) + "/certificates").output();
            Matcher certificate = CERTIFICATE.matcher(answer);
            if (certificate.find()) {
                Path der = Files.write(folder.resolve(id + ".cer"), Base64.getDecoder().decode(certificate.group(1)));
                serials.add(Tool.run("openssl", "x509", "-inform", "DER", "-noout", "-serial", "-in", der.toString()).succeeds().text()
                    .replace("serial=", "").toLowerCase(Locale.ROOT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
