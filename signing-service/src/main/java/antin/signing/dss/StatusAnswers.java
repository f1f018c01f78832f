package antin.signing.dss;

import antin.signing.LastUsed;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.service.SecureRandomNonceSource;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPToken;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * OCSP (RFC 6960) by POST. Answers about signers are used for a second at most; those about authorities, time-stamp and
 * OCSP units until they end.
 */
final class StatusAnswers implements OCSPSource {

    private record Answer(OCSPToken token, Instant fetched) {
    }

    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int MOST = 1_000;
    private static final Set<String> UNITS = Set.of("1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9"); // RFC 5280, 4.2.1.12: timeStamping, OCSPSigning

    private final transient OnlineOCSPSource online;
    private final transient Clock clock;
    private final transient Map<String, Answer> answers = Collections.synchronizedMap(new LastUsed<>(MOST));

    StatusAnswers(StatusLoader loader, Clock clock) {
        this.online = new OnlineOCSPSource(loader.posting("application/ocsp-request"));
        this.clock = clock;
        online.setNonceSource(new SecureRandomNonceSource());
        online.setCertIDDigestAlgorithm(DigestAlgorithm.SHA1); // RFC 5019, 2.1.1: the one that every responder knows; it names, it proves nothing
    }

    @Override
    public @Nullable OCSPToken getRevocationToken(CertificateToken certificate, CertificateToken issuer) {
        String key = certificate.getDSSIdAsString() + issuer.getDSSIdAsString();
        Answer known = answers.get(key);
        if (known != null && usable(known, certificate.getCertificate())) {
            return known.token;
        }
        Instant asked = clock.instant();
        OCSPToken token = Guard.answer(() -> online.getRevocationToken(certificate, issuer));
        if (token != null) {
            answers.put(key, new Answer(token, asked));
        }
        return token;
    }

    private boolean usable(Answer answer, X509Certificate certificate) {
        Instant now = clock.instant();
        if (now.isBefore(answer.fetched.plus(FRESH))) {
            return true;
        }
        return !signer(certificate) && answer.token.getNextUpdate() != null && now.isBefore(answer.token.getNextUpdate().toInstant());
    }

    private static boolean signer(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return certificate.getBasicConstraints() < 0 && (purposes == null || Collections.disjoint(purposes, UNITS));
        } catch (CertificateParsingException e) {
            return true;
        }
    }
}
