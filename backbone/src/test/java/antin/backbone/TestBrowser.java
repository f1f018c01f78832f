package antin.backbone;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One person's browser: cookies, forms with their hidden fields, no script, redirects only when told. */
final class TestBrowser {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final TestBackbone backbone;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http;

    TestBrowser(TestBackbone backbone) {
        this.backbone = backbone;
        this.http = HttpClient.newBuilder().sslContext(backbone.trust()).cookieHandler(cookies).connectTimeout(Duration.ofSeconds(5)).build();
    }

    HttpResponse<String> get(String path) {
        return get(path.startsWith("http") ? URI.create(path) : backbone.uri(path), "text/html");
    }

    HttpResponse<String> get(URI uri, String accept) {
        return send(HttpRequest.newBuilder(uri).header("Accept", accept).header("Accept-Language", "vi"));
    }

    /** Sends the form of the page at {@code page} to {@code path}. */
    HttpResponse<String> post(String page, String path, String... fields) {
        return postWithToken(path, token(get(page).body()), fields);
    }

    HttpResponse<String> postWithToken(String path, String token, String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        all.addAll(List.of("_csrf", token));
        return send(HttpRequest.newBuilder(backbone.uri(path)).header("Accept", "text/html").header("Accept-Language", "vi")
            .header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form(all.toArray(new String[0])))));
    }

    HttpResponse<String> password(TestPerson person) {
        return post("/login", "/login", "login", person.address(), "password", person.password());
    }

    HttpResponse<String> code(String code) {
        return post("/login/code", "/login/code", "code", code);
    }

    /** Both steps; moves the clock on first, so that a fresh code is there. */
    TestBrowser logIn(TestPerson person) {
        backbone.clock.forward(Duration.ofSeconds(60));
        password(person);
        HttpResponse<String> answer = code(backbone.code(person, 0));
        if (answer.statusCode() != 303) {
            throw new AssertionError("Not logged in: " + answer.statusCode() + " " + answer.body());
        }
        return this;
    }

    List<HttpCookie> cookies() {
        return cookies.getCookieStore().getCookies();
    }

    String cookie(String name) {
        return cookies().stream().filter(cookie -> cookie.getName().equals(name)).map(HttpCookie::getValue).findFirst().orElse("");
    }

    byte[] bytes(String path) {
        return send(HttpRequest.newBuilder(backbone.uri(path)), BodyHandlers.ofByteArray()).body();
    }

    byte[] postForBytes(String path, String token) {
        return send(HttpRequest.newBuilder(backbone.uri(path)).header("Content-Type", "application/x-www-form-urlencoded").POST(HttpRequest.BodyPublishers.ofString(form("_csrf", token))),
            BodyHandlers.ofByteArray()).body();
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.timeout(Duration.ofSeconds(20)).build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String token(String html) {
        Matcher matcher = CSRF.matcher(html);
        if (!matcher.find()) {
            throw new AssertionError("No form: " + html);
        }
        return matcher.group(1);
    }

    static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(fields[i]).append('=').append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return form.toString();
    }
}
