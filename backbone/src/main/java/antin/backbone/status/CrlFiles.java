package antin.backbone.status;

import antin.ca.StatusSource;
import antin.kernel.SecretFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last CRLs, in memory and each in a file before anybody gets it. Only what its authority signed is taken, from {@code ca} as from the disk, and never one of a lower number
 * than the one before. Safe for use by many threads.
 */
final class CrlFiles {

    private record Known(byte[] der, CrlFacts facts) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(CrlFiles.class);
    private static final String SUFFIX = ".crl";

    private final Path folder;
    private final Map<String, X509Certificate> authorities;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** {@code authorities} by short name. */
    CrlFiles(Path folder, Map<String, X509Certificate> authorities) {
        this.folder = folder;
        this.authorities = Map.copyOf(authorities);
    }

    /** Takes up what an earlier run left. */
    void read() {
        for (String name : names().keySet()) {
            Path file = folder.resolve(name + SUFFIX);
            try {
                if (Files.exists(file)) {
                    byte[] der = SecretFile.bytes(file);
                    checked(name, der).ifPresentOrElse(facts -> known.put(name, new Known(der, facts)),
                        () -> LOG.error("The file {} holds no CRL of {} and is not used", file, name));
                }
            } catch (RuntimeException e) {
                LOG.error("The file {} cannot be read and is not used", file, e);
            }
        }
    }

    Optional<byte[]> der(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::der);
    }

    Optional<CrlFacts> facts(String name) {
        return Optional.ofNullable(known.get(name)).map(Known::facts);
    }

    /** Returns false for what is no newer CRL of that authority. */
    synchronized boolean take(String name, byte[] der) throws IOException {
        Optional<CrlFacts> facts = checked(name, der);
        if (facts.isEmpty() || facts(name).filter(before -> before.number().compareTo(facts.get().number()) > 0).isPresent()) {
            return false;
        }
        try {
            SecretFile.write(folder.resolve(name + SUFFIX), der);
        } finally {
            known.put(name, new Known(der, facts.get())); // a revocation is worth more than the copy
        }
        return true;
    }

    /** Every name that a CRL may have, with the authority's short name. */
    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        authorities.keySet().stream().sorted().forEach(name -> {
            names.put(name, name);
            names.put(name + StatusSource.DELTA, name);
        });
        return names;
    }

    private Optional<CrlFacts> checked(String name, byte[] unverifiedDer) {
        X509Certificate authority = authorities.get(names().getOrDefault(name, ""));
        if (authority == null) {
            return Optional.empty();
        }
        try {
            X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(unverifiedDer));
            crl.verify(authority.getPublicKey());
            return CrlFacts.of(crl);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
