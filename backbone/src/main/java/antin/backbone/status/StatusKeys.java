package antin.backbone.status;

import antin.ca.status.DelegatedKey;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;

/** The keys that answer in the authorities' place, as {@code ca --bootstrap} makes and renews them. */
public record StatusKeys(DelegatedKey ocspRoot, DelegatedKey ocspIssuing, DelegatedKey tsa) {

    public static final String ROOT = "root";
    public static final String ISSUING = "issuing";

    /** Throws {@link antin.kernel.Problem} of kind {@code MISCONFIGURED} where one is missing or not for its use. */
    public static StatusKeys read(Path folder, Path passwordFile) {
        return new StatusKeys(DelegatedKey.read(folder, "ocsp-root", passwordFile, DelegatedKey.OCSP_SIGNING),
            DelegatedKey.read(folder, "ocsp-issuing", passwordFile, DelegatedKey.OCSP_SIGNING),
            DelegatedKey.read(folder, "tsa", passwordFile, DelegatedKey.TIME_STAMPING));
    }

    /** By the authority's short name. */
    public Map<String, DelegatedKey> responders() {
        return Map.of(ROOT, ocspRoot, ISSUING, ocspIssuing);
    }

    /** The authorities' certificates in DER, by short name. */
    public Map<String, byte[]> authorities() {
        return Map.of(ROOT, der(ocspRoot.issuer()), ISSUING, der(ocspIssuing.issuer()));
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
