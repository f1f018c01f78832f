package antin.backbone.status;

import antin.ca.status.DelegatedKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that answer in the authorities' place, as {@code ca --bootstrap} makes and renews them.
 *
 * @param responders by the authority's short name; {@code root} and {@code issuing} are always there
 */
public record StatusKeys(Map<String, DelegatedKey> responders, DelegatedKey tsa) {

    public static final String ROOT = "root";
    public static final String ISSUING = "issuing";
    /** Made by later versions, or not yet where the root's key lies elsewhere. */
    private static final List<String> FURTHER = List.of("persons", "agencies");

    public StatusKeys {
        responders = Map.copyOf(responders);
    }

    /** Throws {@link antin.kernel.Problem} of kind {@code MISCONFIGURED} where one is missing or not for its use. */
    public static StatusKeys read(Path folder, Path passwordFile) {
        Map<String, DelegatedKey> responders = Stream.concat(Stream.of(ROOT, ISSUING), FURTHER.stream().filter(name -> Files.exists(folder.resolve("ocsp-" + name + ".p12"))))
            .collect(Collectors.toMap(Function.identity(), name -> DelegatedKey.read(folder, "ocsp-" + name, passwordFile, DelegatedKey.OCSP_SIGNING)));
        return new StatusKeys(responders, DelegatedKey.read(folder, "tsa", passwordFile, DelegatedKey.TIME_STAMPING));
    }

    /** The authorities' certificates in DER, by short name. */
    public Map<String, byte[]> authorities() {
        return responders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, responder -> der(responder.getValue().issuer())));
    }

    /** The authorities below the root, by short name. */
    public Map<String, X509Certificate> issuers() {
        return responders.entrySet().stream().filter(responder -> !responder.getKey().equals(ROOT))
            .collect(Collectors.toMap(Map.Entry::getKey, responder -> responder.getValue().issuer()));
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
