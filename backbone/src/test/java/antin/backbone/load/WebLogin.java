package antin.backbone.load;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A browser in the morning: a new connection without a TLS session, the login page, password, code, and the account page that only a whole login opens. */
final class WebLogin {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** One for all browsers: what is measured is not how a JVM makes threads. */
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private final String base;
    private final TrustManager trust;

    WebLogin(int port, TrustManager trust) {
        this.base = "https://localhost:" + port;
        this.trust = trust;
    }

    void run(Staff who) throws IOException, InterruptedException, GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, new TrustManager[] {trust}, null);
        try (HttpClient browser = HttpClient.newBuilder().executor(THREADS).sslContext(tls).localAddress(who.address()).cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL)).build()) {
            String page = get(browser, "/login");
            post(browser, "/login", page, "login", who.mailAddress, "password", who.password);
            page = get(browser, "/login/code");
            post(browser, "/login/code", page, "code", who.nextCode());
            get(browser, "/account");
        }
    }

    private String get(HttpClient browser, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = browser.send(HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).header("Accept", "text/html").build(), BodyHandlers.ofString());
        return expect(200, answer);
    }

    private void post(HttpClient browser, String path, String page, String... fields) throws IOException, InterruptedException {
        Matcher token = CSRF.matcher(page);
        if (!token.find()) {
            throw new IllegalStateException("No form at " + path);
        }
        StringBuilder form = new StringBuilder("_csrf=").append(URLEncoder.encode(token.group(1), StandardCharsets.UTF_8));
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&').append(fields[i]).append('=').append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        expect(303, browser.send(HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form.toString())).build(), BodyHandlers.ofString()));
    }

    private static String expect(int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
