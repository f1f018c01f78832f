package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An authority of somebody else's whose certificates count here: the keys {@code external.NAME.*}, for each NAME in {@code external.names}.
 *
 * @param name       its short name
 * @param anchors    the roots that its certificates must lead to
 * @param between    authorities between root and certificate, which cards often do not hold
 * @param ocsp       who is asked first how a certificate stands
 * @param crl        the list that is read otherwise; of one of the two there must be an address
 * @param timeStamps who stamps signatures made with its certificates
 * @param attribute  of the subject that must be the person's: {@code UID}, {@code serialNumber} or {@code email}
 */
public record OutsideAuthority(String name, List<X509Certificate> anchors, List<X509Certificate> between, Optional<URI> ocsp, Optional<URI> crl, Optional<URI> timeStamps,
                               Attribute attribute) {

    /** By which part of a certificate a person is known. */
    public enum Attribute { UID, SERIAL_NUMBER, EMAIL }

    public OutsideAuthority {
        anchors = List.copyOf(anchors);
        between = List.copyOf(between);
    }

    /** Empty where none is configured. */
    public static List<OutsideAuthority> read(Settings file) {
        return file.list("external.names").stream().map(name -> read(file, name)).toList();
    }

    private static OutsideAuthority read(Settings file, String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,30}")) {
            throw new Problem(Kind.MISCONFIGURED, "The key external.names holds names of small letters, digits and dashes, and not \"" + name + "\".");
        }
        String prefix = "external." + name + '.';
        List<X509Certificate> all = PemFile.certificates(file.path(prefix + "anchors"));
        Optional<URI> ocsp = address(file, prefix + "ocsp");
        Optional<URI> crl = address(file, prefix + "crl");
        if (ocsp.isEmpty() && crl.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "One of the keys " + prefix + "ocsp and " + prefix + "crl is needed: a certificate counts only where somebody says that it was not revoked.");
        }
        return new OutsideAuthority(name, all.stream().filter(OutsideAuthority::isRoot).toList(), all.stream().filter(one -> !isRoot(one)).toList(), ocsp, crl,
            address(file, prefix + "time-stamps"), attribute(file, prefix + "person"));
    }

    private static boolean isRoot(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static Optional<URI> address(Settings file, String key) {
        return file.optionalText(key).map(text -> {
            if (!text.matches("https?://[^\\s?#]+")) {
                throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an http or https address, and is \"" + text + "\".");
            }
            return URI.create(text);
        });
    }

    private static Attribute attribute(Settings file, String key) {
        String word = file.text(key, "UID");
        return Stream.of(Attribute.values()).filter(one -> one.name().replace("_", "").equalsIgnoreCase(word)).findFirst()
            .orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "The key " + key + " must be UID, serialNumber or email, and is \"" + word + "\"."));
    }
}
