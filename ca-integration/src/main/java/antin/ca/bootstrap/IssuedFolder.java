package antin.ca.bootstrap;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * {@code ca/issued}: what the bootstrap signed, for the ledger to take over, since the bootstrap runs before there is a
 * database. {@code SERIALHEX.intent} is on disk before a signature, {@code SERIALHEX.cer} before the certificate is put into use.
 */
public record IssuedFolder(Path folder) {

    /**
     * Said before a signature.
     *
     * @param issuer  the signing authority's short name
     * @param subject a distinguished name (RFC 2253)
     */
    public record Intent(BigInteger serial, String issuer, String profile, String subject, Instant begun) {
    }

    /** An intent with its certificate; without one, the signature never left the program. */
    public record Entry(Intent intent, Optional<X509Certificate> certificate) {
    }

    public boolean exists() {
        return Files.isDirectory(folder);
    }

    /** Makes the folder with what an installation from before it has, in one step. */
    void begin(List<Entry> earlier) throws IOException, GeneralSecurityException {
        Path half = folder.resolveSibling("." + folder.getFileName() + ".half");
        Files.createDirectories(half);
        IssuedFolder unfinished = new IssuedFolder(half);
        for (Entry entry : earlier) {
            unfinished.intend(entry.intent);
            if (entry.certificate.isPresent()) {
                unfinished.issued(entry.certificate.get());
            }
        }
        Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    void intend(Intent intent) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("issuer", intent.issuer);
        properties.setProperty("profile", intent.profile);
        properties.setProperty("subject", intent.subject);
        properties.setProperty("begun", intent.begun.toString());
        StringWriter text = new StringWriter();
        properties.store(text, null);
        PublicFile.write(file(intent.serial, "intent"), text.toString());
    }

    void issued(X509Certificate certificate) throws IOException, GeneralSecurityException {
        PublicFile.write(file(certificate.getSerialNumber(), "cer"), certificate.getEncoded());
    }

    /** What the ledger does not have yet, in no order. */
    public List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (exists()) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(path -> path.toString().endsWith(".intent")).toList()) {
                    entries.add(read(file));
                }
            }
        }
        return entries;
    }

    /** The ledger has it: the certificate's file goes first, since an intent alone is harmless to take over again. */
    public void forget(BigInteger serial) throws IOException {
        Files.deleteIfExists(file(serial, "cer"));
        Files.deleteIfExists(file(serial, "intent"));
    }

    private Entry read(Path file) throws IOException {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(Files.readString(file)));
            BigInteger serial = new BigInteger(file.getFileName().toString().replace(".intent", ""), 16);
            Intent intent = new Intent(serial, text(properties, "issuer"), text(properties, "profile"), text(properties, "subject"),
                Instant.parse(text(properties, "begun")));
            Path certificate = file(serial, "cer");
            return new Entry(intent, Files.exists(certificate) ? Optional.of(parse(Files.readAllBytes(certificate))) : Optional.empty());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " or the .cer beside it is not what ca --bootstrap wrote. Restore both.", e);
        }
    }

    private static String text(Properties properties, String key) {
        return Optional.ofNullable(properties.getProperty(key)).orElseThrow(() -> new IllegalArgumentException(key));
    }

    private static X509Certificate parse(byte[] der) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private Path file(BigInteger serial, String kind) {
        return folder.resolve(serial.toString(16) + "." + kind);
    }
}
