package antin.launcher;

import antin.kernel.SecretFile;
import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** What may be known of the sample city, read from {@code sample/} and never from the live store. */
final class Sample {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, 6
    private static final String SIGNING_SCOPES = "seal:sample-seal seal:sample-seal-ec seal:sample-agency sign validate timestamp";
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final Installation installation;

    Sample(Installation installation) {
        this.installation = installation;
        if (!Files.isDirectory(installation.sample(""))) {
            throw Refusal.of("There is no sample city in " + installation.home() + ". Run ./antin up first (without ANTIN_SAMPLE=off).");
        }
    }

    /** A line a person: address, name, unit, role, directory password, separated by tabs. */
    List<String> people() {
        return rows("people.tsv").stream().map(row -> String.join("\t", Arrays.copyOf(row, 5))).toList();
    }

    /** The current step's code (RFC 6238: SHA-1, 6 digits, 30 s). */
    String code(String user) throws InvalidKeyException {
        byte[] secret = decode(row("otp.tsv", address(user))[1]);
        return new TimeBasedOneTimePasswordGenerator().generateOneTimePasswordString(new SecretKeySpec(secret, "HmacSHA1"), Instant.now());
    }

    /** The app password of a person whose scopes hold {@code scope}; of an address book also, after a tab, the name to bind with. */
    String appPassword(String user, String scope) {
        String address = address(user);
        if (scope.equals("address-book")) {
            return rows("address-books.tsv").stream().filter(row -> row[0].equals(address)).map(row -> row[2] + '\t' + row[3]).findFirst()
                .orElseThrow(() -> Refusal.of("There is no sample address book of " + user + "."));
        }
        return rows("app-passwords.tsv").stream().filter(row -> row[0].equals(address) && List.of(row[1].split(",", -1)).contains(scope))
            .map(row -> row[2]).findFirst().orElseThrow(() -> Refusal.of("There is no sample app password of " + user + " for " + scope + "."));
    }

    /** The file of the root certificate. */
    Path root() {
        return installation.sample("root.pem");
    }

    /** The person's PKCS#12 file for signing, or for logging in with, and, after a tab, its password file. */
    String key(String user, boolean login) {
        String local = address(user).replaceFirst("@.*", "");
        Path folder = installation.sample(login ? "login-keys" : "keys");
        Path file = folder.resolve(local + ".p12");
        if (!Files.exists(file)) {
            throw Refusal.of("There is no sample key of " + user + " yet. Run ./antin up");
        }
        return file + "\t" + folder.resolve(local + ".password");
    }

    /** An access token of a client, by its own credentials (RFC 6749, 4.4), or of a person by a login; without scopes, for the signing ones. */
    String token(String user, List<String> scopes, int port) throws Exception {
        if (rows("clients.tsv").stream().anyMatch(row -> row[0].equals(user))) {
            return clientToken(user, scopes, port);
        }
        String address = address(user);
        try (SampleLogin login = new SampleLogin(port, Probe.trusting(root()))) {
            return login.token(address, row("people.tsv", address)[4], () -> code(address), scopes.isEmpty() ? List.of("sign", "validate", "timestamp") : scopes);
        }
    }

    private String clientToken(String client, List<String> scopes, int port) throws Exception {
        String[] row = row("clients.tsv", client);
        String basic = Base64.getEncoder().encodeToString((client + ":" + row[1]).getBytes(StandardCharsets.UTF_8));
        String asked = scopes.isEmpty() ? SIGNING_SCOPES : String.join(" ", scopes);
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/oauth2/token")).timeout(Duration.ofSeconds(20))
            .header("Authorization", "Basic " + basic).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=" + URLEncoder.encode(asked, StandardCharsets.UTF_8))).build();
        try (HttpClient http = HttpClient.newBuilder().sslContext(Probe.trusting(root())).connectTimeout(Duration.ofSeconds(5)).build()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            Matcher token = ACCESS_TOKEN.matcher(response.body());
            if (response.statusCode() != 200 || !token.find()) {
                throw Refusal.of("No token for " + client + ": " + response.body());
            }
            return token.group(1);
        }
    }

    /** A user is named by address, by its part before the @, or by number. */
    private String address(String user) {
        return rows("people.tsv").stream().filter(row -> row[0].equalsIgnoreCase(user) || row[0].startsWith(user + "@") || row[5].equals(user))
            .map(row -> row[0]).findFirst().orElseThrow(() -> Refusal.of("Nobody in the sample city is called " + user + ". See ./antin sample list"));
    }

    private String[] row(String file, String key) {
        return rows(file).stream().filter(row -> row[0].equals(key)).findFirst()
            .orElseThrow(() -> Refusal.of("There is no " + key + " in " + installation.sample(file) + "."));
    }

    private List<String[]> rows(String file) {
        return SecretFile.text(installation.sample(file)).lines().filter(line -> !line.isBlank()).map(line -> line.split("\t", -1)).toList();
    }

    private static byte[] decode(String base32) {
        byte[] bytes = new byte[base32.length() * 5 / 8];
        int bits = 0;
        int buffer = 0;
        int next = 0;
        for (char c : base32.toCharArray()) {
            buffer = buffer << 5 | BASE32.indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (buffer >> bits);
            }
        }
        return bytes;
    }
}
