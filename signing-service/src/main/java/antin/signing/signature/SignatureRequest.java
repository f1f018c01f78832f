package antin.signing.signature;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.Signature;
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

    /** Lets a value pass that the certificate's key made over these octets. @throws Problem {@code SIGNATURE_MISMATCH} */
    public void verify(byte[] toBeSigned, byte[] value) {
        try {
            Signature engine = algorithm.engine();
            engine.initVerify(certificate());
            engine.update(toBeSigned);
            if (engine.verify(value)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new Problem(Kind.SIGNATURE_MISMATCH, "The signature value is none of the certificate's key.", e);
        }
        throw new Problem(Kind.SIGNATURE_MISMATCH, "The signature value is not one by the certificate's key over what was to be signed.");
    }
}
