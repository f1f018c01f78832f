package antin.signing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A system that seals and validates. */
public final class TestClient {

    /** A part of a form; {@code file} is empty for plain fields. */
    public record Part(String name, String file, byte[] content) {
        public static Part text(String name, String text) {
            return new Part(name, "", text.getBytes(StandardCharsets.UTF_8));
        }
    }

    public static final String ALL = "seal:sample-seal seal:sample-seal-ec seal:sample-agency sign validate timestamp";
    static final String BOUNDARY = "----antin-test-boundary";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final TestService service;
    private final HttpClient client;

    public TestClient(TestService service) {
        this.service = service;
        this.client = HttpClient.newBuilder().sslContext(service.trust()).version(HttpClient.Version.HTTP_1_1).build();
    }

    public String token() {
        return token(ALL);
    }

    public String token(String scope) {
        return service.issuer.token(service.url(), "documents", scope, claims -> claims, "at+jwt");
    }

    public HttpResponse<byte[]> seal(String options, byte[] document, String name, String... headers) {
        return post("/v1/seals", token(), headers, Part.text("options", options), new Part("document", name, document));
    }

    public HttpResponse<byte[]> validate(byte[] document, Part... more) {
        Part[] parts = new Part[more.length + 1];
        parts[0] = new Part("document", "tài liệu.pdf", document);
        System.arraycopy(more, 0, parts, 1, more.length);
        return post("/v1/validations", token(), new String[0], parts);
    }

    public HttpResponse<byte[]> post(String path, String token, String[] headers, Part... parts) {
        HttpRequest.Builder request = request(path, token).header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(BodyPublishers.ofByteArray(form(parts)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    public HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url() + path)).timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode json(HttpResponse<byte[]> answer) {
        return JSON.readTree(answer.body());
    }

    public static byte[] form(Part... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            String file = part.file.isEmpty() ? "" : "; filename=\"" + part.file + "\"";
            out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"" + file + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.content);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
