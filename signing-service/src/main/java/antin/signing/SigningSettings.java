package antin.signing;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.server.DatabaseSettings;
import antin.server.HttpsSettings;
import antin.signing.batch.BatchSettings;
import antin.signing.hook.HookSettings;
import antin.signing.seal.KeyRule;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code conf/signing-service.properties}.
 *
 * @param publicUrl       what clients type, and the audience of their tokens
 * @param internalUrl     backbone's internal port, for the sample's certificates
 * @param issuer          who signs tokens
 * @param trustFile       roots: of signers, and of the issuer's listener
 * @param statusUrl       OCSP, CRL and certificates are fetched below it, time stamps at {@code /tsa}
 * @param keys            names of the keys to seal with
 * @param keyRules        by name, for each of them
 * @param largestDocument in octets
 * @param workFolder      where documents lie while they are worked on; emptied at the start
 * @param sample          whether keys without a certificate are made and certified at the start
 * @param preparedAtOnce  signatures of one client that wait for their value
 */
record SigningSettings(String publicUrl, HttpsSettings https, int managementPort, Path internalFolder,
    String internalUrl, String issuer, Path trustFile, String statusUrl, DatabaseSettings database, List<String> keys, Map<String, KeyRule> keyRules, KeySettings keyRing,
    int largestDocument, Path workFolder, Path auditFolder, boolean sample,
    HookSettings hooks, BatchSettings batches, int preparedAtOnce) {

    /** The sample's key that seals only after a leader's signature. */
    private static final String SAMPLE_AGENCY = "sample-agency";
    private static final int LARGEST_DOCUMENT = 64 << 20;
    private static final int PREPARED_AT_ONCE = 200;
    private static final String ADDRESS = "https?://[^/?#\\s]+";

    /** Where the keys lie. */
    sealed interface KeySettings {
    }

    /** A folder of PKCS#12 files. */
    record Pkcs12Folder(Path folder, Path passwordFile) implements KeySettings {
    }

    /** A token of a PKCS#11 library. */
    record Pkcs11Token(Path library, String token, Path pinFile) implements KeySettings {
    }

    static SigningSettings read(Settings file) {
        SigningSettings settings = new SigningSettings(file.text("public-url"),
            new HttpsSettings(file.text("listen", "127.0.0.1"), file.port("port"), file.path("tls.key-file"), file.path("tls.chain-file")),
            file.port("management-port"), file.path("internal.folder"),
            file.text("internal-url"), file.text("issuer"), file.path("trust-file"), file.text("status-url"),
            DatabaseSettings.read(file),
            file.list("keys"), keyRules(file), keyRing(file), file.number("largest-document", LARGEST_DOCUMENT), file.path("work-folder", "signing"),
            file.path("audit-folder", "audit"), file.flag("sample", false),
            HookSettings.read(file), BatchSettings.read(file), file.number("prepared-at-once", PREPARED_AT_ONCE));
        file.refuseUnknownKeys();
        settings.check();
        return settings;
    }

    /** By key, the persons' numbers. */
    Map<String, Set<String>> owners() {
        return keyRules.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, rule -> rule.getValue().owners()));
    }

    private static Map<String, KeyRule> keyRules(Settings file) {
        boolean sample = file.flag("sample", false);
        return file.list("keys").stream().collect(Collectors.toMap(name -> name, name -> KeyRule.read(file, name, sample && name.equals(SAMPLE_AGENCY))));
    }

    /** Both kinds may be configured; one is used. */
    private static KeySettings keyRing(Settings file) {
        Pkcs12Folder folder = new Pkcs12Folder(file.path("pkcs12.folder", "keys"), file.path("pkcs12.password-file", "secrets/signing-keys.password"));
        String kind = file.text("key-ring", "pkcs12");
        String library = file.text("pkcs11.library", "");
        String token = file.text("pkcs11.token", "antin");
        Path pinFile = file.path("pkcs11.pin-file", "secrets/pkcs11.pin");
        return switch (kind) {
            case "pkcs12" -> folder;
            case "pkcs11" -> {
                if (library.isEmpty()) {
                    throw new Problem(Kind.MISCONFIGURED, "The key pkcs11.library is missing; key-ring=pkcs11 needs it.");
                }
                yield new Pkcs11Token(Path.of(library), token, pinFile);
            }
            default -> throw new Problem(Kind.MISCONFIGURED, "The key key-ring must be pkcs12 or pkcs11, and is \"" + kind + "\".");
        };
    }

    private void check() {
        address("public-url", publicUrl, "https://[^/?#\\s]+");
        address("issuer", issuer, "https://[^/?#\\s]+");
        address("internal-url", internalUrl, "https://[^/?#\\s]+");
        address("status-url", statusUrl, ADDRESS);
        if (largestDocument < 1) {
            throw new Problem(Kind.MISCONFIGURED, "The key largest-document must be a number of octets above 0.");
        }
        try {
            if (sample && !InetAddress.getByName(https.listen()).isLoopbackAddress()) {
                throw new Problem(Kind.MISCONFIGURED, "Sample keys must not be used on " + https.listen() + ". Set listen=127.0.0.1 or sample=false.");
            }
        } catch (UnknownHostException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key listen names no address of this machine: \"" + https.listen() + "\".", e);
        }
    }

    private static void address(String key, String value, String form) {
        if (!value.matches(form)) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an address without a path, and is \"" + value + "\".");
        }
    }
}
