package antin.signing.dss;

import antin.signing.LastUsed;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** CRLs (RFC 5280, 5), as found for one certificate kept until they end, and ten minutes at most. */
final class CrlAnswers implements CRLSource {

    private record Answer(CRLToken token, Instant until) {
    }

    private static final long serialVersionUID = 1;
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST = 200;

    private final transient OnlineCRLSource online;
    private final transient Clock clock;
    private final transient Map<String, Answer> answers = Collections.synchronizedMap(new LastUsed<>(MOST));

    CrlAnswers(StatusLoader loader, Clock clock) {
        this.online = new OnlineCRLSource(loader);
        this.clock = clock;
    }

    @Override
    public @Nullable CRLToken getRevocationToken(CertificateToken certificate, CertificateToken issuer) {
        String key = certificate.getDSSIdAsString() + issuer.getDSSIdAsString();
        Answer known = answers.get(key);
        if (known != null && clock.instant().isBefore(known.until)) {
            return known.token;
        }
        CRLToken token = Guard.answer(() -> online.getRevocationToken(certificate, issuer));
        if (token != null && token.getNextUpdate() != null) {
            Instant end = token.getNextUpdate().toInstant();
            Instant latest = clock.instant().plus(LONGEST);
            answers.put(key, new Answer(token, end.isBefore(latest) ? end : latest));
        }
        return token;
    }
}
