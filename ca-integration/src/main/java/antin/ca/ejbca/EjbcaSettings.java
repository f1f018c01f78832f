package antin.ca.ejbca;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The keys under {@code ejbca.}: which server, as whom, and by which of its names.
 *
 * @param url                 such as {@code https://ca.example:8443/ejbca/ejbca-rest-api}
 * @param authority           the name of the issuing CA there
 * @param endEntityProfile    its end entity profile for us
 * @param certificateProfiles ours (such as {@code person-signing}) to the certificate profiles there; a profile that is not here is not asked of EJBCA
 * @param trustFile           whom the server's TLS certificate must come from, in PEM
 * @param anchorFile          the root that issued certificates must lead to, in PEM; after it may stand the authorities below it, for who logs in with a certificate of theirs
 * @param login               as whom we come
 */
public record EjbcaSettings(URI url, String authority, String endEntityProfile, Map<String, String> certificateProfiles, Path trustFile, Path anchorFile, Login login) {

    /** How we prove who we are. */
    public sealed interface Login {
    }

    /** Mutual TLS. */
    public record ClientCertificate(Path keyFile, Path chainFile) implements Login {
    }

    /** OAuth 2; the file is read for each call, so that whoever renews the token only writes it. */
    public record BearerToken(Path file) implements Login {
    }

    private static final List<String> PROFILES = List.of("agency-seal", "person-signing", "person-login", "mail-signing", "mail-encryption", "tls-server", "tls-client");

    public EjbcaSettings {
        certificateProfiles = Map.copyOf(certificateProfiles);
    }

    /** Empty where no server is named. */
    public static Optional<EjbcaSettings> read(Settings file) {
        String url = file.text("ejbca.url", "");
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (!url.matches("https://[^?#\\s]+")) {
            throw new Problem(Kind.MISCONFIGURED, "The key ejbca.url must be an https address without a query, and is \"" + url + "\".");
        }
        Map<String, String> profiles = new HashMap<>();
        for (String profile : PROFILES) {
            String there = file.text("ejbca.certificate-profile." + profile, "");
            if (!there.isEmpty()) {
                profiles.put(profile, there);
            }
        }
        if (profiles.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "At least one of the keys ejbca.certificate-profile.PROFILE is needed, with PROFILE one of " + String.join(", ", PROFILES) + ".");
        }
        String token = file.text("ejbca.token-file", "");
        Login login = token.isEmpty() ? new ClientCertificate(file.path("ejbca.key-file"), file.path("ejbca.chain-file")) : new BearerToken(file.path("ejbca.token-file"));
        return Optional.of(new EjbcaSettings(URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url), file.text("ejbca.authority"),
            file.text("ejbca.end-entity-profile"), profiles, file.path("ejbca.trust-file"), file.path("ejbca.anchor-file"), login));
    }

    /** What EJBCA is asked for. */
    public Set<String> profiles() {
        return certificateProfiles.keySet();
    }
}
