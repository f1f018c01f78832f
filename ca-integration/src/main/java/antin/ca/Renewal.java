package antin.ca;

import antin.ca.bootstrap.Bootstrap;
import antin.ca.bootstrap.IssueCertificate;
import antin.kernel.Problem;
import antin.kernel.process.BackgroundThread;
import antin.kernel.tls.PemFile;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes anew, long before its end, what the bootstrap made: the keys and certificates of listeners, processes and status keys. Whoever uses them takes up the new files
 * by itself ({@link antin.kernel.tls.TlsIdentity}).
 */
final class Renewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    private final CaSettings settings;
    private final IssueCertificate issue;
    private final BooleanSupplier ledger;
    private final Clock clock;
    private final Counter failures;
    private final BackgroundThread thread = new BackgroundThread("renewal", this::run);

    /** @param ledger whether it is there: without it nothing is signed */
    Renewal(CaSettings settings, IssueCertificate issue, BooleanSupplier ledger, MeterRegistry metrics, Clock clock) {
        this.settings = settings;
        this.issue = issue;
        this.ledger = ledger;
        this.clock = clock;
        this.failures = metrics.counter("antin.ca.renewal.failures");
        TimeGauge.builder("antin.ca.own.certificates.left", this::left, TimeUnit.SECONDS)
            .description("Until the first certificate of the installation's own ends").register(metrics);
    }

    Renewal start() {
        thread.start();
        return this;
    }

    @Override
    public void close() {
        thread.close();
    }

    private void run() {
        while (!thread.isClosed()) {
            thread.rest(settings.renewalLook());
            try {
                if (!thread.isClosed() && ledger.getAsBoolean()) {
                    new Bootstrap(settings, issue, clock, LOG::info).run();
                }
            } catch (IOException | GeneralSecurityException | Problem e) {
                failures.increment();
                LOG.error("Keys and certificates could not be looked after; it is tried again in {}", settings.renewalLook(), e);
            } catch (RuntimeException e) {
                failures.increment();
                LOG.error("Keys and certificates could not be looked after, which should not be; it is tried again", e);
            }
        }
    }

    /** Seconds; not a number where a folder or file cannot be read. */
    private double left() {
        try (Stream<Path> listeners = Files.list(settings.tls()); Stream<Path> processes = Files.list(settings.internal())) {
            Instant first = Stream.concat(listeners, processes).filter(file -> file.toString().endsWith(".pem"))
                .map(file -> PemFile.certificates(file).getFirst().getNotAfter().toInstant()).min(Comparator.naturalOrder()).orElse(Instant.MAX);
            return Duration.between(clock.instant(), first).toSeconds();
        } catch (IOException | Problem e) {
            return Double.NaN;
        }
    }
}
