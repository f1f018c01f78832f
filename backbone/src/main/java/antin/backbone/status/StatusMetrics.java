package antin.backbone.status;

import antin.ca.StatusSource;
import antin.ca.status.OcspAnswer;
import antin.ca.status.OcspAnswer.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** How old what is answered is. */
public final class StatusMetrics {

    private StatusMetrics() {
    }

    /** {@code authorities} are the short names of those whose CRLs are handed out. */
    public static void register(StatusFeed feed, Set<String> authorities, MeterRegistry metrics, Clock clock) {
        Gauge.builder("antin.status.feed.age.seconds", () -> Duration.between(feed.knownAt(), clock.instant()).toMillis() / 1000.0)
            .description("Since the statuses were last known to be right").register(metrics);
        Gauge.builder("antin.status.feed.kept", () -> feed.isKept() ? 1 : 0).description("Whether all that is known is on disk").register(metrics);
        Gauge.builder("antin.status.certificates", feed::size).description("Certificates whose status is known").register(metrics);
        for (String name : authorities) {
            for (String list : Set.of(name, name + StatusSource.DELTA)) {
                crl("antin.status.crl.age.seconds", "Since the CRL was signed", list, feed, facts -> Duration.between(facts.thisUpdate(), clock.instant()), metrics);
                crl("antin.status.crl.left.seconds", "Until the CRL ends", list, feed, facts -> Duration.between(clock.instant(), facts.nextUpdate()), metrics);
            }
        }
    }

    /** Counts how the certificates stood that OCSP was asked about. */
    public static Consumer<OcspAnswer> answers(MeterRegistry metrics) {
        Map<State, Counter> counters = new EnumMap<>(State.class);
        for (State state : State.values()) {
            counters.put(state, Counter.builder("antin.status.ocsp.answers").description("Certificates asked about by OCSP").tag("state", state.word()).register(metrics));
        }
        return answer -> answer.said().forEach(state -> Optional.ofNullable(counters.get(state)).ifPresent(Counter::increment));
    }

    /** No number where there is no such CRL. */
    private static void crl(String meter, String description, String list, StatusFeed feed, Function<CrlFacts, Duration> of, MeterRegistry metrics) {
        Gauge.builder(meter, () -> feed.crlFacts(list).map(of).map(age -> age.toMillis() / 1000.0).orElse(Double.NaN)).tag("issuer", list).description(description).register(metrics);
    }
}
