package antin.signing;

import antin.signing.dss.Trust;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** How long trusted lists are still believed, and whether time-stamping authorities answer. */
final class TrustMeters {

    private TrustMeters() {
    }

    static void bind(Trust trust, MeterRegistry metrics, Clock clock) {
        trust.lists().standing().keySet().forEach(name -> Gauge.builder("antin.trusted.list.remaining", trust,
            now -> now.lists().standing().getOrDefault(name, Optional.empty()).map(until -> (double) Duration.between(clock.instant(), until).toSeconds()).orElse(0.0))
            .description("Seconds until the list's NextUpdate; 0 where it is not believed").baseUnit("seconds").tag("list", name).register(metrics));
        trust.timeStampAuthorities().keySet().forEach(url -> Gauge.builder("antin.time.stamp.authority.up", trust, now -> Boolean.TRUE.equals(now.timeStampAuthorities().get(url)) ? 1 : 0)
            .description("Whether the authority answered when it was asked last").tag("url", url).register(metrics));
    }
}
