package antin.signing.dss;

import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.DSSException;
import eu.europa.esig.dss.model.TimestampBinary;
import eu.europa.esig.dss.service.SecureRandomNonceSource;
import eu.europa.esig.dss.service.tsp.OnlineTSPSource;
import eu.europa.esig.dss.spi.exception.DSSExternalResourceException;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Time-stamping authorities (RFC 3161) in the order in which they are preferred. One that fails is asked last for a minute. */
final class SeveralTimeStamps implements TSPSource {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = LoggerFactory.getLogger(SeveralTimeStamps.class);
    private static final Duration REST = Duration.ofMinutes(1);

    private record Authority(String url, OnlineTSPSource source) {
    }

    private final transient List<Authority> authorities;
    private final transient StatusLoader loader;
    private final transient Map<String, Instant> resting = new ConcurrentHashMap<>();
    private final transient Clock clock;

    SeveralTimeStamps(List<String> urls, StatusLoader loader, Clock clock) {
        this.loader = loader;
        this.clock = clock;
        this.authorities = urls.stream().map(url -> authority(url, loader)).toList();
    }

    private static Authority authority(String url, StatusLoader loader) {
        OnlineTSPSource source = new OnlineTSPSource(url, loader);
        source.setNonceSource(new SecureRandomNonceSource());
        return new Authority(url, source);
    }

    @Override
    public TimestampBinary getTimeStampResponse(DigestAlgorithm algorithm, byte[] digest) {
        DSSException last = new DSSExternalResourceException("No time-stamping authority");
        for (Authority one : authorities.stream().sorted(Comparator.comparing(this::isWell).reversed()).toList()) {
            try {
                TimestampBinary stamp = Guard.answer(() -> one.source.getTimeStampResponse(algorithm, digest));
                resting.remove(one.url);
                return stamp;
            } catch (DSSException e) {
                last = e;
                if (resting.put(one.url, clock.instant().plus(REST)) == null) {
                    LOG.warn("The time-stamping authority {} does not answer well: {}", one.url, e.getMessage());
                }
            }
        }
        throw last;
    }

    long failures() {
        return loader.failures();
    }

    /** By address, whether it answered when it was asked last. */
    Map<String, Boolean> standing() {
        return authorities.stream().collect(Collectors.toMap(Authority::url, this::isWell, (first, second) -> first));
    }

    private boolean isWell(Authority one) {
        Instant until = resting.get(one.url);
        return until == null || clock.instant().isAfter(until);
    }
}
