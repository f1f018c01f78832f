package antin.signing.signature;

import antin.kernel.key.SignatureAlgorithm;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that decides the bytes to be signed: equal requests give equal bytes.
 *
 * @param chain    the signer's certificate first
 * @param time     the claimed signing time, in whole seconds as PDF and XML write it
 * @param reason   shown by PDF readers; null for none
 * @param location shown by PDF readers; null for none
 * @param particulars what some formats alone know
 */
public record SignatureRequest(Document document, SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm,
    List<X509Certificate> chain, Instant time, @Nullable String reason, @Nullable String location, Particulars particulars) {

    public SignatureRequest {
        chain = List.copyOf(chain);
        time = time.truncatedTo(ChronoUnit.SECONDS);
    }

    /** One without particulars. */
    public SignatureRequest(Document document, SignatureLevel level, Packaging packaging, SignatureAlgorithm algorithm, List<X509Certificate> chain, Instant time,
            @Nullable String reason, @Nullable String location) {
        this(document, level, packaging, algorithm, chain, time, reason, location, Particulars.NONE);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
