package antin.signing.sample;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.PeerClient;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.KeyRing.KeyUse;
import antin.kernel.key.KeyRing.PendingKey;
import antin.kernel.key.SignatureAlgorithm;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Makes each key that is not there yet and asks backbone for its certificate, side by side, until all are there. */
public final class SampleKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleKeys.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final KeyRing keys;
    private final PeerClient backbone;
    private final Map<String, KeyUse> names;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<Void>> made = new ArrayList<>();

    public SampleKeys(KeyRing keys, PeerClient backbone, Map<String, KeyUse> names) {
        this.keys = keys;
        this.backbone = backbone;
        this.names = Map.copyOf(names);
    }

    public SampleKeys start() {
        names.forEach((name, use) -> made.add(CompletableFuture.runAsync(() -> makeUntilThere(name, use), threads)));
        return this;
    }

    public boolean areThere() {
        return made.stream().allMatch(one -> one.isDone() && !one.isCompletedExceptionally());
    }

    /** Runs {@code next} when all are there. */
    public void then(Runnable next) {
        var unused = CompletableFuture.allOf(made.toArray(CompletableFuture[]::new)).thenRunAsync(next, threads);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void makeUntilThere(String name, KeyUse use) {
        while (true) {
            try {
                if (keys.find(name).isEmpty()) {
                    make(name, use);
                }
                return;
            } catch (Problem e) {
                LOG.warn("The sample key {} is not there yet: {}", name, e.detail());
            }
            try {
                Thread.sleep(BETWEEN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped before the key " + name + " was there.", e);
            }
        }
    }

    private void make(String name, KeyUse use) {
        boolean ec = name.endsWith("-ec");
        PendingKey pending = keys.pending(name, ec ? KeyType.EC_P256 : KeyType.RSA_3072, use);
        byte[] request = CertificationRequest.of(name, pending, ec ? SignatureAlgorithm.ECDSA_SHA256 : SignatureAlgorithm.RSA_SHA256);
        byte[] body = JSON.writeValueAsBytes(Map.of("key", name, "pkcs10", Base64.getEncoder().encodeToString(request)));
        HttpResponse<byte[]> answer = backbone.post("/sample/certificates", body, PATIENCE);
        if (answer.statusCode() != 200) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone gave no certificate, but status " + answer.statusCode() + ".");
        }
        keys.complete(name, chain(answer.body()));
        LOG.info("The sample key {} is made and certified", name);
    }

    private static List<X509Certificate> chain(byte[] answer) {
        try {
            JsonNode json = JSON.readTree(answer);
            List<X509Certificate> chain = new ArrayList<>();
            chain.add(certificate(json.path("certificate").asString("")));
            for (JsonNode authority : json.path("authorities")) {
                chain.add(certificate(authority.asString("")));
            }
            return chain;
        } catch (JacksonException | CertificateException | IllegalArgumentException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone's answer cannot be read.", e);
        }
    }

    private static X509Certificate certificate(String base64) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
