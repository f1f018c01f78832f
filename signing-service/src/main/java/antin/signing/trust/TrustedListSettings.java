package antin.signing.trust;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One trusted list (ETSI TS 119 612). Exactly one of address and file is there.
 *
 * @param signers      who may have signed it
 * @param serviceTypes URIs of the services that are believed (TS 119 612, 5.5.1)
 * @param statusUrls   prefixes of the addresses that may be asked about certificates below it
 */
public record TrustedListSettings(String name, Optional<String> url, Optional<Path> file, List<X509Certificate> signers, Set<String> serviceTypes, List<String> statusUrls) {

    private static final String TYPE = "http://uri.etsi.org/TrstSvc/Svctype/";
    private static final List<String> USUAL_TYPES = List.of("CA/QC", "TSA/QTST");

    public TrustedListSettings {
        signers = List.copyOf(signers);
        serviceTypes = Set.copyOf(serviceTypes);
        statusUrls = List.copyOf(statusUrls);
    }

    static TrustedListSettings read(Settings settings, String name) {
        String begin = "trusted-list." + name + '.';
        Optional<String> url = settings.optionalText(begin + "url");
        Optional<Path> file = settings.optionalText(begin + "file").map(text -> settings.path(begin + "file"));
        if (url.isPresent() == file.isPresent() || url.filter(text -> !text.matches("https?://[^#\\s]+")).isPresent()) {
            throw new Problem(Kind.MISCONFIGURED, "The trusted list " + name + " needs either " + begin + "url, an address that begins with http:// or https://, or " + begin + "file.");
        }
        List<String> types = settings.list(begin + "service-types");
        return new TrustedListSettings(name, url, file, TrustSettings.certificates(settings, begin + "signers-file"),
            Set.copyOf((types.isEmpty() ? USUAL_TYPES : types).stream().map(type -> type.contains(":") ? type : TYPE + type).toList()), TrustSettings.urls(settings, begin + "status-urls"));
    }
}
