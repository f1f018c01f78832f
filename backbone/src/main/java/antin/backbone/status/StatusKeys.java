package antin.backbone.status;

import antin.ca.status.DelegatedKey;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The keys that answer in the authorities' place, as {@code ca} makes and renews them; renewed ones are taken up while they are in use.
 *
 * @param responders by the authority's short name: one for each file {@code ocsp-NAME.p12}
 */
public record StatusKeys(Map<String, Supplier<DelegatedKey>> responders, Supplier<DelegatedKey> tsa) {

    public static final String ROOT = "root";
    public static final String ISSUING = "issuing";
    private static final String PREFIX = "ocsp-";
    private static final String SUFFIX = ".p12";

    public StatusKeys {
        responders = Map.copyOf(responders);
    }

    /** Throws {@link Problem} of kind {@code MISCONFIGURED} where one is missing or not for its use. */
    public static StatusKeys read(Path folder, Path passwordFile) {
        Map<String, Supplier<DelegatedKey>> responders = new TreeMap<>();
        for (String name : List.of(ROOT, ISSUING)) { // no installation is without these, so that one who lost a file hears of it
            responders.put(name, DelegatedKey.renewed(folder, PREFIX + name, passwordFile, DelegatedKey.OCSP_SIGNING));
        }
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString().replaceFirst(PREFIX, "").replaceFirst("\\.p12$", "");
                    responders.computeIfAbsent(name, unused -> DelegatedKey.renewed(folder, PREFIX + name, passwordFile, DelegatedKey.OCSP_SIGNING));
                }
            } catch (IOException e) {
                throw new Problem(Kind.MISCONFIGURED, "The folder " + folder + " cannot be read.", e);
            }
        }
        return new StatusKeys(responders, DelegatedKey.renewed(folder, "tsa", passwordFile, DelegatedKey.TIME_STAMPING));
    }

    /** The authorities' certificates in DER, by short name. */
    public Map<String, byte[]> authorities() {
        return certificates().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, authority -> der(authority.getValue())));
    }

    /** The authorities' certificates, by short name. */
    public Map<String, X509Certificate> certificates() {
        return responders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, responder -> responder.getValue().get().issuer()));
    }

    /** All authorities' certificates, by short name. */
    public Map<String, X509Certificate> above() {
        return responders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, responder -> responder.getValue().get().issuer()));
    }

    /** The authorities below the root, by short name. */
    public Map<String, X509Certificate> issuers() {
        Map<String, X509Certificate> issuers = certificates();
        issuers.remove(ROOT);
        return issuers;
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
