package antin.signing.trust;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whom to believe, and which addresses may be asked about it.
 *
 * @param city          the city's own roots: what their certificates say of persons' numbers counts
 * @param statusUrl     the city's OCSP, CRL and authorities' certificates are fetched below it
 * @param outside       other authorities
 * @param lists         trusted lists (ETSI TS 119 612)
 * @param timeStampUrls time-stamping authorities (RFC 3161), the first one that answers is taken
 * @param folder        where the last good trusted lists are kept
 */
public record TrustSettings(List<X509Certificate> city, String statusUrl, List<OutsideRoots> outside, List<TrustedListSettings> lists, List<String> timeStampUrls, Path folder) {

    private static final String ADDRESS = "https?://[^?#\\s]+";

    /** Of one authority that is not the city's. @param statusUrls prefixes of the addresses that may be asked about its certificates */
    public record OutsideRoots(String name, List<X509Certificate> roots, List<String> statusUrls) {

        public OutsideRoots {
            roots = List.copyOf(roots);
            statusUrls = List.copyOf(statusUrls);
        }
    }

    public TrustSettings {
        city = List.copyOf(city);
        outside = List.copyOf(outside);
        lists = List.copyOf(lists);
        timeStampUrls = List.copyOf(timeStampUrls);
    }

    /** The city alone, with its own time stamps. */
    public static TrustSettings of(List<X509Certificate> city, String statusUrl, Path folder) {
        return new TrustSettings(city, statusUrl, List.of(), List.of(), List.of(statusUrl + "/tsa"), folder);
    }

    /** {@code trust-file}, {@code status-url}, {@code trust}, {@code trusted-lists}, {@code time-stamp-urls} and {@code trusted-lists-folder}. */
    public static TrustSettings read(Settings file) {
        String statusUrl = file.text("status-url");
        List<OutsideRoots> outside = file.list("trust").stream().map(name -> new OutsideRoots(name, certificates(file, "trust." + name + ".file"),
            urls(file, "trust." + name + ".status-urls"))).toList();
        List<TrustedListSettings> lists = file.list("trusted-lists").stream().map(name -> TrustedListSettings.read(file, name)).toList();
        List<String> timeStampUrls = urls(file, "time-stamp-urls");
        return new TrustSettings(certificates(file, "trust-file"), statusUrl, outside, lists, timeStampUrls.isEmpty() ? List.of(statusUrl + "/tsa") : timeStampUrls,
            file.path("trusted-lists-folder", "trusted-lists"));
    }

    /** All addresses that may be asked about certificates, as prefixes that end with a slash. */
    public List<String> allowed() {
        return Stream.of(Stream.of(statusUrl), outside.stream().flatMap(authority -> authority.statusUrls().stream()), lists.stream().flatMap(list -> list.statusUrls().stream()))
            .flatMap(urls -> urls).map(url -> url.endsWith("/") ? url : url + "/").distinct().toList();
    }

    static List<String> urls(Settings file, String key) {
        List<String> urls = file.list(key);
        urls.stream().filter(url -> !url.matches(ADDRESS)).findFirst().ifPresent(url -> {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must have addresses that begin with http:// or https://, and has \"" + url + "\".");
        });
        return urls;
    }

    static List<X509Certificate> certificates(Settings file, String key) {
        Path path = file.path(key);
        try {
            return PemFile.certificates(path);
        } catch (RuntimeException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " names " + path + ", which has no readable certificates in PEM.", e);
        }
    }
}
