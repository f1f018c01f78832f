package antin.mail;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.Metric;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.TimeMetric;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** James's own measurements, handed to Micrometer under {@code james_*}, with James's names as tags. */
final class JamesMeters implements MetricFactory, GaugeRegistry {

    private final MeterRegistry meters;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private final Set<String> gauges = ConcurrentHashMap.newKeySet();

    JamesMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public Metric generate(String name) {
        return counts.computeIfAbsent(name, unused -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder("james.count", value, AtomicLong::doubleValue).tag("name", name).register(meters);
            return new Count(value);
        });
    }

    @Override
    public TimeMetric timer(String name) {
        return new Stopwatch(name, Timer.builder("james.time").tag("name", name).register(meters), System.nanoTime());
    }

    @Override
    public <T> Publisher<T> decoratePublisherWithTimerMetric(String name, Publisher<T> publisher) {
        return Flux.defer(() -> {
            TimeMetric timer = timer(name);
            return Flux.from(publisher).doFinally(signal -> timer.stopAndPublish());
        });
    }

    @Override
    @Deprecated
    public <T> Publisher<T> decoratePublisherWithTimerMetricLogP99(String name, Publisher<T> publisher) {
        return decoratePublisherWithTimerMetric(name, publisher);
    }

    @Override
    public <T> GaugeRegistry register(String name, org.apache.james.metrics.api.Gauge<T> gauge) {
        if (gauges.add(name)) { // James asks once for each listener
            Gauge.builder("james.gauge", gauge, g -> g.get() instanceof Number number ? number.doubleValue() : Double.NaN)
                .tag("name", name).strongReference(true).register(meters);
        }
        return this;
    }

    @Override
    public <T> SettableGauge<T> settableGauge(String name) {
        AtomicReference<T> value = new AtomicReference<>();
        register(name, value::get);
        return value::set;
    }

    private record Count(AtomicLong value) implements Metric {

        @Override
        public void increment() {
            value.incrementAndGet();
        }

        @Override
        public void decrement() {
            value.decrementAndGet();
        }

        @Override
        public void add(int more) {
            value.addAndGet(more);
        }

        @Override
        public void remove(int less) {
            value.addAndGet(-less);
        }

        @Override
        public long getCount() {
            return Math.max(0, value.get());
        }
    }

    private record Stopwatch(String name, Timer timer, long startedNanos) implements TimeMetric {

        @Override
        public ExecutionResult stopAndPublish() {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - startedNanos);
            timer.record(elapsed);
            return new Result(elapsed);
        }
    }

    private record Result(Duration elasped) implements TimeMetric.ExecutionResult {

        @Override
        @Deprecated
        public TimeMetric.ExecutionResult logWhenExceedP99(Duration threshold) {
            return this;
        }
    }
}
