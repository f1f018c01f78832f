package antin.ca.ejbca;

import antin.ca.ejbca.EjbcaSettings.BearerToken;
import antin.ca.ejbca.EjbcaSettings.ClientCertificate;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManager;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls over TLS. Each is sent once: who calls decides about another try. After half of ten calls failed the server is left alone for half a minute. Safe for use by
 * many threads.
 */
final class EjbcaConnection implements AutoCloseable {

    /** A call that may or may not have had its effect there. */
    static final class Unanswered extends RuntimeException {

        Unanswered(Exception cause) {
            super("EJBCA's answer did not come", cause);
        }
    }

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int LARGEST = 8 * 1024 * 1024; // a page of 400 certificates is a tenth of it
    private static final int DEEPEST = 20;

    private final EjbcaSettings settings;
    private final Duration patience;
    private final HttpClient client;
    private final CircuitBreaker breaker;
    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxDocumentLength(LARGEST).build()).build()).build();

    EjbcaConnection(EjbcaSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
        this.client = HttpClient.newBuilder().sslContext(tls(settings)).version(HttpClient.Version.HTTP_1_1).followRedirects(HttpClient.Redirect.NEVER).connectTimeout(CONNECT).build();
        this.breaker = CircuitBreaker.of("ejbca", CircuitBreakerConfig.custom().slidingWindowSize(10).minimumNumberOfCalls(5).failureRateThreshold(50)
            .waitDurationInOpenState(Duration.ofSeconds(30)).permittedNumberOfCallsInHalfOpenState(1).ignoreException(Problem.class::isInstance)
            .recordResult(answer -> answer instanceof EjbcaAnswer told && told.status() >= 500).build());
    }

    EjbcaAnswer get(String path) {
        return answered(request(path).GET());
    }

    /** A file, whose text is the member {@code text}: asked for as JSON, EJBCA says "application/json" of it and sends PEM all the same. */
    EjbcaAnswer file(String path) {
        return answered(request(path).setHeader("Accept", "*/*").GET());
    }

    /** A POST without a body that does no harm when it comes twice. */
    EjbcaAnswer ask(String path) {
        return answered(request(path).POST(BodyPublishers.noBody()));
    }

    /** A POST that changes nothing there. */
    EjbcaAnswer ask(String path, Map<String, ?> body) {
        return answered(posting(path, body));
    }

    EjbcaAnswer put(String path) {
        return call(request(path).PUT(BodyPublishers.noBody()));
    }

    EjbcaAnswer post(String path, Map<String, ?> body) {
        return call(posting(path, body));
    }

    private HttpRequest.Builder posting(String path, Map<String, ?> body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(body)));
    }

    private EjbcaAnswer answered(HttpRequest.Builder request) {
        try {
            return call(request);
        } catch (Unanswered e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA does not answer.", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(settings.url() + path)).timeout(patience).header("Accept", "application/json");
        return settings.login() instanceof BearerToken token ? request.header("Authorization", "Bearer " + SecretFile.text(token.file()).strip()) : request;
    }

    private EjbcaAnswer call(HttpRequest.Builder request) {
        try {
            return breaker.executeCallable(() -> send(request.build()));
        } catch (CallNotPermittedException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA has failed several times and is left alone for half a minute.", e);
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA does not answer at " + settings.url().getAuthority() + ".", e);
        } catch (SSLHandshakeException e) { // an alert or a break later than the handshake leaves open what was done
            throw new Problem(Kind.MISCONFIGURED, "TLS with EJBCA fails: the server's certificate is not one of ejbca.trust-file, or it does not take ours.", e);
        } catch (IOException e) {
            throw new Unanswered(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered(e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new Problem(Kind.INTERNAL, "EJBCA cannot be asked.", e);
        }
    }

    private EjbcaAnswer send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("The answer is larger than " + LARGEST + " bytes");
            }
            String type = response.headers().firstValue("Content-Type").orElse("");
            boolean html = type.startsWith("text/html");
            JsonNode content = type.startsWith("application/json") ? parse(response.statusCode(), bytes)
                : json.createObjectNode().put("text", new String(bytes, StandardCharsets.UTF_8)); // a chain comes as a file
            return new EjbcaAnswer(request.uri().toString().substring(settings.url().toString().length()), response.statusCode(), content, html);
        }
    }

    /** An error's body may be anything; an answer that promises something must keep it. */
    private JsonNode parse(int status, byte[] bytes) throws IOException {
        try {
            JsonNode node = json.readTree(bytes);
            return node.isObject() ? node : json.createObjectNode();
        } catch (JacksonException e) {
            if (status >= 400) {
                return json.createObjectNode();
            }
            throw new IOException("The answer is no JSON", e);
        }
    }

    private static SSLContext tls(EjbcaSettings settings) {
        try {
            KeyManager[] keys = settings.login() instanceof ClientCertificate own
                ? TlsMaterial.presenting(PemFile.privateKey(own.keyFile(), keyAlgorithm(own)), PemFile.certificates(own.chainFile())) : new KeyManager[0];
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, new TrustManager[] {TlsMaterial.trusting(PemFile.certificates(settings.trustFile()))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The files for TLS with EJBCA (ejbca.key-file, ejbca.chain-file, ejbca.trust-file) cannot be used together.", e);
        }
    }

    private static String keyAlgorithm(ClientCertificate own) {
        return PemFile.certificates(own.chainFile()).getFirst().getPublicKey().getAlgorithm();
    }
}
