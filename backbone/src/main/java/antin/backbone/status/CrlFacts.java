package antin.backbone.status;

import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/**
 * What a CRL says of itself.
 *
 * @param number      counts the authority's CRLs upwards (RFC 5280, 5.2.3)
 * @param thisUpdate  when it was signed
 * @param nextUpdate  when there will be another one at the latest
 * @param revocations how many certificates it names
 */
public record CrlFacts(BigInteger number, Instant thisUpdate, Instant nextUpdate, int revocations) {

    private static final String NUMBER = "2.5.29.20";

    /** Empty for one without number or end, which is none of ours. */
    static Optional<CrlFacts> of(X509CRL crl) {
        byte[] number = crl.getExtensionValue(NUMBER);
        Collection<?> revoked = crl.getRevokedCertificates();
        if (number == null || crl.getNextUpdate() == null) {
            return Optional.empty();
        }
        // An OCTET STRING around an INTEGER, both shorter than 128 octets (RFC 5280, 5.2.3: at most 20)
        return Optional.of(new CrlFacts(new BigInteger(1, Arrays.copyOfRange(number, 4, number.length)), crl.getThisUpdate().toInstant(),
            crl.getNextUpdate().toInstant(), revoked == null ? 0 : revoked.size()));
    }
}
