package antin.launcher;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A sample person's token, got as a program on that person's computer gets it: both steps of the login page, then the code
 * flow with PKCE (RFC 7636) of the client {@code sample-web}.
 */
final class SampleLogin implements AutoCloseable {

    private static final String CLIENT = "sample-web";
    private static final String REDIRECT = "http://127.0.0.1/callback";
    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 14; // a code that was used before has a successor within half a minute
    private static final long PAUSE_MS = 3_000;

    private final String base;
    private final HttpClient http;

    SampleLogin(int port, SSLContext trust) {
        this.base = "https://localhost:" + port;
        this.http = HttpClient.newBuilder().sslContext(trust).cookieHandler(new CookieManager()).connectTimeout(Duration.ofSeconds(5)).build();
    }

    /** {@code code} gives the one-time code of the moment. */
    String token(String address, String password, Callable<String> code, List<String> scopes) throws Exception {
        submit("/login", Map.of("login", address, "password", password));
        int tries = 0;
        while (get("/account").statusCode() != 200) {
            if (tries++ == TRIES) {
                throw Refusal.of("The login of " + address + " is refused. Is ./antin up running?");
            }
            if (tries > 1) {
                Thread.sleep(PAUSE_MS);
            }
            submit("/login/code", Map.of("code", code.call()));
        }
        String verifier = random();
        return exchange(authorize(verifier, scopes), verifier);
    }

    @Override
    public void close() {
        http.close();
    }

    private String authorize(String verifier, List<String> scopes) throws Exception {
        byte[] challenge = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
        HttpResponse<String> answer = get("/oauth2/authorize?" + form(Map.of("response_type", "code", "client_id", CLIENT, "redirect_uri", REDIRECT,
            "scope", String.join(" ", scopes), "state", random(), "code_challenge", base64(challenge), "code_challenge_method", "S256")));
        Matcher granted = CODE.matcher(answer.headers().firstValue("Location").orElse(""));
        if (!granted.find()) {
            throw Refusal.of("No token with the scopes " + String.join(" ", scopes) + ": a person's scopes are sign, validate, timestamp and mail.*, of one service at a time.");
        }
        return granted.group(1);
    }

    private String exchange(String code, String verifier) throws IOException, InterruptedException {
        HttpResponse<String> answer = post("/oauth2/token", Map.of("grant_type", "authorization_code", "client_id", CLIENT, "redirect_uri", REDIRECT,
            "code", code, "code_verifier", verifier));
        Matcher token = ACCESS_TOKEN.matcher(answer.body());
        if (answer.statusCode() != 200 || !token.find()) {
            throw Refusal.of("No token: " + answer.body());
        }
        return token.group(1);
    }

    /** Sends a page's form with its hidden fields. */
    private void submit(String path, Map<String, String> values) throws IOException, InterruptedException {
        Map<String, String> fields = new TreeMap<>(values);
        Matcher hidden = HIDDEN.matcher(get(path).body());
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        post(path, fields);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    private HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(base + path)).header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form(fields))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    }

    private static String random() throws GeneralSecurityException {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return base64(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
