package antin.ca.bootstrap;

import antin.ca.bootstrap.IssuedFolder.Entry;
import antin.ca.bootstrap.IssuedFolder.Intent;
import antin.kernel.Problem;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What an installation from before {@code ca/issued} holds: every certificate in its PEM files that an authority of ours signed. */
final class EarlierCertificates {

    private EarlierCertificates() {
    }

    /** {@code authorities} by their short names; a root among them has signed itself. */
    static List<Entry> in(Path tls, Map<String, X509Certificate> authorities) throws IOException {
        Set<X509Certificate> certificates = new LinkedHashSet<>(authorities.values());
        for (Path folder : List.of(tls, tls.resolve("internal"))) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".pem")).sorted().forEach(file -> certificates.addAll(readable(file)));
                }
            }
        }
        List<Entry> entries = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            authorities.forEach((name, authority) -> {
                if (signed(authority, certificate)) {
                    entries.add(new Entry(new Intent(certificate.getSerialNumber(), name, "before-the-ledger",
                        certificate.getSubjectX500Principal().getName(), certificate.getNotBefore().toInstant()), Optional.of(certificate)));
                }
            });
        }
        return entries;
    }

    private static List<X509Certificate> readable(Path file) {
        try {
            return PemFile.certificates(file);
        } catch (Problem e) {
            return List.of(); // a crash cut it off: the bootstrap makes it anew
        }
    }

    private static boolean signed(X509Certificate authority, X509Certificate certificate) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
