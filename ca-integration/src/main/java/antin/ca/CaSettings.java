package antin.ca;

import antin.ca.authority.AuthorityFiles;
import antin.ca.authority.KeyFile;
import antin.ca.authority.KeyKind;
import antin.ca.authority.Token;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The configuration of the {@code ca} process, offline and running. {@code baseDn} ends the names of the processes' internal
 * certificates; {@code hosts} are the DNS names and IP addresses of the listeners.
 *
 * @param personsPassword made with the authority, as is that of {@code agencies}: installations of before have none
 * @param timeStampUrl who stamps the audit's heads
 * @param issuingKey   the kind of the issuing authorities' keys, where they are made anew
 * @param timeStampKey the kind of the key for time stamps, where it is made anew
 * @param token        holds the issuing authorities' keys in place of their files
 * @param renewalLook  how often the running process looks for certificates of the installation's own that are about to end
 */
public record CaSettings(Path home, Path rootPassword, Path issuingPassword, Path personsPassword, Path agenciesPassword, Path internalPassword, Path directoryKeystorePassword,
                         Path statusKeysPassword, String statusUrl, List<String> hosts, boolean sample, String baseDn, Path internal,
                         String listen, int internalPort, int managementPort, Path auditFolder, URI timeStampUrl, DatabaseSettings database,
                         Duration renewalLook, KeyKind issuingKey, KeyKind timeStampKey, Optional<Token> token) {

    /** Where the ledger lies. */
    public record DatabaseSettings(String url, String user, Path passwordFile) {
    }

    public CaSettings {
        hosts = List.copyOf(hosts);
    }

    public static CaSettings read(Settings settings) {
        CaSettings read = new CaSettings(settings.home(), settings.path("root.password-file"), settings.path("issuing.password-file"),
            settings.path("persons.password-file", "secrets/ca-persons.password"), settings.path("agencies.password-file", "secrets/ca-agencies.password"),
            settings.path("internal.password-file"), settings.path("directory-keystore.password-file"),
            settings.path("status-keys.password-file", "secrets/status-keys.password"), settings.text("status-url").replaceAll("/+$", ""),
            settings.list("hosts"), settings.flag("sample", false), settings.text("base-dn"), settings.path("internal.folder", "tls/internal"),
            settings.text("listen", "127.0.0.1"), settings.number("internal-port", 9441), settings.number("management-port", 9541),
            settings.path("audit-folder", "audit"), timeStampUrl(settings.text("time-stamp-url", "http://localhost:8441/tsa")),
            new DatabaseSettings(settings.text("database.url", "jdbc:postgresql://127.0.0.1:15432/ca"), settings.text("database.user", "ca"),
                settings.path("database.password-file", "secrets/postgres-ca.password")),
            Duration.ofSeconds(settings.number("renewal-look-seconds", 3_600)), key("issuing-key", settings.text("issuing-key", KeyKind.EC_P384.word())),
            key("time-stamp-key", settings.text("time-stamp-key", KeyKind.EC_P256.word())), token(settings));
        settings.refuseUnknownKeys();
        if (read.hosts.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The key hosts names no host for the listeners' certificates. Add one, such as localhost.");
        }
        return read;
    }

    private static Optional<Token> token(Settings settings) {
        int slot = settings.number("pkcs11.slot-index", 0);
        String pinFile = settings.text("pkcs11.pin-file", "secrets/ca-pkcs11.pin");
        String library = settings.text("pkcs11.library", "");
        settings.optionalText("pkcs11.softhsm-conf"); // the launcher's, for SoftHSM's environment
        return library.isEmpty() ? Optional.empty() : Optional.of(new Token(Path.of(library), slot, settings.home().resolve(pinFile)));
    }

    private static KeyKind key(String name, String word) {
        return KeyKind.named(word).orElseThrow(() -> new Problem(Kind.MISCONFIGURED, "The key " + name + " must be one of "
            + String.join(", ", Stream.of(KeyKind.values()).map(KeyKind::word).toList()) + ", and is \"" + word + "\"."));
    }

    private static URI timeStampUrl(String text) {
        if (!text.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
            throw new Problem(Kind.MISCONFIGURED, "The key time-stamp-url must be an http or https address, and is \"" + text + "\".");
        }
        return URI.create(text);
    }

    public AuthorityFiles authorities() {
        return new AuthorityFiles(new KeyFile(home.resolve("ca/root.p12"), rootPassword, AuthorityFiles.ROOT),
            new KeyFile(home.resolve("ca/issuing.p12"), issuingPassword, AuthorityFiles.ISSUING, token),
            new KeyFile(home.resolve("ca/persons.p12"), personsPassword, AuthorityFiles.PERSONS, token),
            new KeyFile(home.resolve("ca/agencies.p12"), agenciesPassword, AuthorityFiles.AGENCIES, token),
            new KeyFile(home.resolve("ca/internal.p12"), internalPassword, AuthorityFiles.INTERNAL), statusUrl);
    }

    /** The key that opens the archive of mail keys; its password file is made with it. */
    public KeyFile recovery() {
        return new KeyFile(home.resolve("ca/recovery.p12"), home.resolve("secrets/ca-recovery.password"), "recovery");
    }

    /** For whom keys are sealed; stays when the key itself is kept elsewhere. */
    public Path recoveryCertificate() {
        return home.resolve("ca/recovery.pem");
    }

    public Path tls() {
        return home.resolve("tls");
    }

    /** What the bootstrap signed and the ledger does not have yet. */
    public Path issuedFolder() {
        return home.resolve("ca/issued");
    }
}
