package antin.signing;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.kernel.key.KeyRing.KeyUse;
import antin.server.DatabaseSettings;
import antin.server.HttpsSettings;
import antin.signing.cms.MailSettings;
import antin.signing.key.KeySettings;
import antin.signing.batch.BatchSettings;
import antin.signing.hook.HookSettings;
import antin.signing.report.PrintReport;
import antin.signing.seal.KeyRule;
import antin.signing.trust.TrustSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code conf/signing-service.properties}.
 *
 * @param publicUrl       what clients type, and the audience of their tokens
 * @param internalUrl     backbone's internal port, for the sample's certificates
 * @param issuer          who signs tokens
 * @param trust           whom to believe; the city's roots are those of the issuer's listener too
 * @param keys            names of the keys to seal with
 * @param keyRules        by name, for each of them
 * @param largestDocument in octets
 * @param workFolder      where documents lie while they are worked on; emptied at the start
 * @param sample          whether keys without a certificate are made and certified at the start
 * @param mail            keys for mail, and the port where the mail server asks for their use
 * @param preparedAtOnce  signatures of one client that wait for their value
 * @param reportKey       the key that seals validation reports to print; null where none are given out
 * @param validationPage  whether everybody may have documents checked on a page
 */
record SigningSettings(String publicUrl, HttpsSettings https, int managementPort, Path internalFolder,
    String internalUrl, String issuer, TrustSettings trust, DatabaseSettings database, List<String> keys, Map<String, KeyRule> keyRules, KeySettings keyRing,
    int largestDocument, Path workFolder, Path auditFolder, boolean sample, MailSettings mail, HookSettings hooks, BatchSettings batches, int preparedAtOnce,
    @Nullable String reportKey, boolean validationPage) {

    /** The sample's key that seals only after a leader's signature. */
    private static final String SAMPLE_AGENCY = "sample-agency";
    private static final int LARGEST_DOCUMENT = 500 << 20;
    private static final int PREPARED_AT_ONCE = 200;
    private static final String ADDRESS = "https?://[^/?#\\s]+";

    static SigningSettings read(Settings file) {
        SigningSettings settings = new SigningSettings(file.text("public-url"),
            new HttpsSettings(file.text("listen", "127.0.0.1"), file.port("port"), file.path("tls.key-file"), file.path("tls.chain-file")),
            file.port("management-port"), file.path("internal.folder"),
            file.text("internal-url"), file.text("issuer"), TrustSettings.read(file),
            DatabaseSettings.read(file),
            file.list("keys"), keyRules(file), KeySettings.read(file), file.number("largest-document", LARGEST_DOCUMENT), file.path("work-folder", "signing"),
            file.path("audit-folder", "audit"), file.flag("sample", false),
            MailSettings.read(file, file.list("keys")), HookSettings.read(file), BatchSettings.read(file), file.number("prepared-at-once", PREPARED_AT_ONCE),
            file.optionalText("report-key").orElse(null), file.flag("validation-page", true));
        file.refuseUnknownKeys();
        settings.check();
        return settings;
    }

    /** The keys that the sample makes by itself; none where this is no sample. */
    Map<String, KeyUse> sampleKeys() {
        Map<String, KeyUse> made = new TreeMap<>();
        if (sample) {
            keys.forEach(name -> made.put(name, KeyUse.SIGNING));
            mail.addresses().keySet().forEach(name -> made.put(name, KeyUse.MAIL));
        }
        return made;
    }

    /** By key, the persons' numbers. */
    Map<String, Set<String>> owners() {
        return keyRules.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, rule -> rule.getValue().owners()));
    }

    private static Map<String, KeyRule> keyRules(Settings file) {
        boolean sample = file.flag("sample", false);
        return file.list("keys").stream().collect(Collectors.toMap(name -> name, name -> KeyRule.read(file, name, sample && name.equals(SAMPLE_AGENCY))));
    }

    private void check() {
        address("public-url", publicUrl, "https://[^/?#\\s]+");
        address("issuer", issuer, "https://[^/?#\\s]+");
        address("internal-url", internalUrl, "https://[^/?#\\s]+");
        address("status-url", trust.statusUrl(), ADDRESS);
        if (reportKey != null && (!keys.contains(reportKey) || !canSealReports(keyRules.get(reportKey)))) {
            throw new Problem(Kind.MISCONFIGURED, "The key report-key must be one of keys that seals PAdES for the client " + PrintReport.CLIENT + " without another's signature, and is \"" + reportKey + "\".");
        }
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

    private static boolean canSealReports(@Nullable KeyRule rule) {
        return rule != null && !rule.afterASignature() && (rule.formats().isEmpty() || rule.formats().contains("PAdES")) && (rule.clients().isEmpty() || rule.clients().contains(PrintReport.CLIENT));
    }

    private static void address(String key, String value, String form) {
        if (!value.matches(form)) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an address without a path, and is \"" + value + "\".");
        }
    }
}
