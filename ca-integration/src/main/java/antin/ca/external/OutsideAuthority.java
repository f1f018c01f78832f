package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An authority of somebody else's whose certificates count here: the keys {@code external.NAME.*}, for each NAME in {@code external.names}.
 *
 * @param name       its short name
 * @param title      what pages call it
 * @param anchors    the roots that its certificates must lead to
 * @param between    authorities between root and certificate, which cards often do not hold
 * @param ocsp       who is asked first how a certificate stands
 * @param crls       the lists that are read otherwise, one of each issuer; there must be an address of one of the two kinds
 * @param timeStamps who stamps signatures made with its certificates
 * @param owners     whose certificates of it are registered
 * @param person     what of the subject must all be the person's
 * @param agency     what of the subject must all be the agency's
 */
public record OutsideAuthority(String name, String title, List<X509Certificate> anchors, List<X509Certificate> between, Optional<URI> ocsp, List<URI> crls, Optional<URI> timeStamps,
                               Set<Owner.Kind> owners, List<Attribute> person, List<Attribute> agency) {

    /** By which part of a certificate its owner is known. */
    public enum Attribute { UID, SERIAL_NUMBER, EMAIL, NAME }

    private static final int LARGEST_TITLE = 100;

    public OutsideAuthority {
        anchors = List.copyOf(anchors);
        between = List.copyOf(between);
        crls = List.copyOf(crls);
        owners = Set.copyOf(owners);
        person = List.copyOf(person);
        agency = List.copyOf(agency);
    }

    /** Empty where none is configured. */
    public static List<OutsideAuthority> read(Settings file) {
        List<String> names = file.list("external.names");
        if (names.stream().distinct().count() != names.size()) {
            throw new Problem(Kind.MISCONFIGURED, "The key external.names has a name twice. Each authority is there once.");
        }
        return names.stream().map(name -> read(file, name)).toList();
    }

    List<Attribute> rules(Owner.Kind kind) {
        return kind == Owner.Kind.PERSON ? person : agency;
    }

    private static OutsideAuthority read(Settings file, String name) {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,30}")) {
            throw new Problem(Kind.MISCONFIGURED, "The key external.names holds names of small letters, digits and dashes, and not \"" + name + "\".");
        }
        String prefix = "external." + name + '.';
        file.text(prefix + "anchors"); // its own sentence where it is missing
        List<X509Certificate> all = file.list(prefix + "anchors").stream().flatMap(one -> PemFile.certificates(file.home().resolve(one).normalize()).stream()).distinct().toList();
        List<X509Certificate> roots = all.stream().filter(OutsideAuthority::isRoot).toList();
        checkAnchors(prefix + "anchors", all, roots);
        Optional<URI> ocsp = file.optionalText(prefix + "ocsp").map(text -> address(text, prefix + "ocsp"));
        List<URI> crls = file.list(prefix + "crl").stream().map(text -> address(text, prefix + "crl")).toList();
        if (ocsp.isEmpty() && crls.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "One of the keys " + prefix + "ocsp and " + prefix + "crl is needed: a certificate counts only where somebody says that it was not revoked.");
        }
        String title = file.text(prefix + "title", name);
        if (title.length() > LARGEST_TITLE) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + prefix + "title is longer than " + LARGEST_TITLE + " characters.");
        }
        return new OutsideAuthority(name, title, roots, all.stream().filter(one -> !isRoot(one)).toList(), ocsp, crls,
            file.optionalText(prefix + "time-stamps").map(text -> address(text, prefix + "time-stamps")), owners(file, prefix + "owners"), attributes(file, prefix + "person"), attributes(file, prefix + "agency"));
    }

    private static void checkAnchors(String key, List<X509Certificate> all, List<X509Certificate> roots) {
        if (roots.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The files of " + key + " hold no root, which is a certificate that signed itself. Put the authority's root there, after comparing its fingerprint.");
        }
        all.stream().filter(one -> one.getBasicConstraints() < 0).findFirst().ifPresent(one -> {
            throw new Problem(Kind.MISCONFIGURED, "The files of " + key + " hold authorities only, and \"" + one.getSubjectX500Principal().getName() + "\" is none.");
        });
    }

    static boolean isRoot(X509Certificate certificate) {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())) {
            return false;
        }
        try {
            certificate.verify(certificate.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static URI address(String text, String key) {
        if (!text.matches("https?://[A-Za-z0-9.:\\[\\]-]+(/[!-~&&[^?#@\"<>]]*)?")) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an http or https address without a name, a question or a fragment in it, and is \"" + text + "\".");
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " is no address: \"" + text + "\".", e);
        }
    }

    private static Set<Owner.Kind> owners(Settings file, String key) {
        List<String> words = file.list(key);
        return words.isEmpty() ? EnumSet.allOf(Owner.Kind.class) : words.stream().map(word -> Stream.of(Owner.Kind.values()).filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word)).findFirst()
            .orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "The key " + key + " holds person, agency or both, and not \"" + word + "\"."))).collect(Collectors.toSet());
    }

    private static List<Attribute> attributes(Settings file, String key) {
        List<String> words = file.list(key);
        return words.isEmpty() ? List.of(Attribute.UID) : words.stream().map(word -> Stream.of(Attribute.values()).filter(one -> one.name().replace("_", "").equalsIgnoreCase(word)).findFirst()
            .orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "The key " + key + " must be of UID, serialNumber, email and name, and has \"" + word + "\"."))).toList();
    }
}
