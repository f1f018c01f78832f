package antin.signing.sample;

import antin.kernel.Problem;
import antin.kernel.key.KeyRing;
import antin.kernel.key.KeyRing.KeyType;
import antin.kernel.key.KeyRing.KeyUse;
import antin.signing.certificate.Certification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes each key that is not there yet and asks backbone for its certificate, side by side, until all are there. */
public final class SampleKeys implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleKeys.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final KeyRing keys;
    private final Certification certification;
    private final Map<String, KeyUse> names;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<CompletableFuture<Void>> made = new ArrayList<>();

    public SampleKeys(KeyRing keys, Certification certification, Map<String, KeyUse> names) {
        this.keys = keys;
        this.certification = certification;
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
        var unused = certification.make(name, name.endsWith("-ec") ? KeyType.EC_P256 : KeyType.RSA_3072, use, "/sample/certificates", Map.of("key", name));
        LOG.info("The sample key {} is made and certified", name);
    }
}
