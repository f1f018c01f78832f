package antin.directory.slapd;

import antin.directory.ldif.LdifTemplate;
import antin.directory.password.DirectoryPolicy;
import antin.directory.password.PasswordPolicy;
import antin.kernel.Problem;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes what {@code slapadd} loads into an empty slapd 2.5: {@code config.ldif} (with {@code schema.ldif} beside it) and {@code tree.ldif}.
 *
 * @param base        the entry above {@code ou=people} and {@code ou=units}
 * @param data        slapd's folder for this database; empty, its own
 * @param certificate slapd's certificate chain (PEM), for the name that our processes connect to
 * @param key         its private key (PEM)
 * @param clientTrust the internal CA (PEM), the only one whose certificates may open a connection by SASL EXTERNAL
 * @param modules     where slapd's modules lie
 * @param schema      where slapd's own schema files lie
 * @param passwords   what they must be and when they are locked
 */
public record SlapdFiles(String base, Path data, Path certificate, Path key, Path clientTrust, Path modules, Path schema, PasswordPolicy passwords) {

    public static final Path DEBIAN_MODULES = Path.of("/usr/lib/ldap");
    public static final Path DEBIAN_SCHEMA = Path.of("/etc/ldap/schema");

    public SlapdFiles {
        if (!base.matches("dc=[a-z0-9-]+(,dc=[a-z0-9-]+)*")) {
            throw new IllegalArgumentException("--base must look like dc=city,dc=example, and is \"" + base + "\".");
        }
    }

    /**
     * {@code --out FOLDER --base DN --data FOLDER --certificate FILE --key FILE --client-trust FILE}, and {@code --policy FILE} where passwords differ from
     * what is shipped ({@code conf/directory.properties}); with Debian's folders.
     */
    public static void main(String[] arguments) throws IOException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            given.put(arguments[i], arguments[i + 1]);
        }
        Set<String> wanted = Set.of("--out", "--base", "--data", "--certificate", "--key", "--client-trust");
        Set<String> named = new TreeSet<>(given.keySet());
        named.remove("--policy");
        if (arguments.length % 2 != 0 || !named.equals(wanted)) {
            fail("give each of " + String.join(" ", new TreeSet<>(wanted)) + " once, with its value.");
            return;
        }
        try {
            write(given);
        } catch (IllegalArgumentException | Problem e) {
            fail(String.valueOf(e.getMessage()));
        }
    }

    private static void write(Map<String, String> given) throws IOException {
        new SlapdFiles(given.getOrDefault("--base", ""), path(given, "--data"), path(given, "--certificate"), path(given, "--key"),
            path(given, "--client-trust"), DEBIAN_MODULES, DEBIAN_SCHEMA,
            given.containsKey("--policy") ? DirectoryPolicy.read(path(given, "--policy")).passwords() : PasswordPolicy.LEVEL_3).write(path(given, "--out"), new SecureRandom());
    }

    /** Into {@code folder}, which slapadd must be able to read. */
    public void write(Path folder, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("schema.ldif"), schemaText());
        Files.writeString(folder.resolve("config.ldif"), LdifTemplate.fill("/antin/directory/slapd/config.ldif", Map.of("base", base,
            "data", LdifTemplate.base64(data.toString()), "certificate", LdifTemplate.base64(certificate.toString()), "key", LdifTemplate.base64(key.toString()),
            "client-trust", LdifTemplate.base64(clientTrust.toString()), "modules", LdifTemplate.base64(modules.toString()),
            "standard-schema", schema.toString(), "folder", folder.toAbsolutePath().toString())));
        SecretFile.write(folder.resolve("tree.ldif"), tree(random));
    }

    /** Our words as cn=config spells them. */
    private static String schemaText() throws IOException {
        StringBuilder text = new StringBuilder("dn: cn=antin,cn=schema,cn=config\nobjectClass: olcSchemaConfig\ncn: antin\n");
        LdifTemplate.fill("/antin/directory/opendj/schema.ldif", Map.of()).lines()
            .filter(line -> line.startsWith("attributeTypes: ") || line.startsWith("objectClasses: "))
            .forEach(line -> text.append("olc").append(Character.toUpperCase(line.charAt(0))).append(line.substring(1)).append('\n'));
        return text.toString();
    }

    /** The base as in OpenDJ, without what only OpenDJ knows. */
    private String tree(SecureRandom random) throws IOException {
        String dc = base.substring("dc=".length(), base.indexOf(',') < 0 ? base.length() : base.indexOf(','));
        String text = LdifTemplate.fill("/antin/directory/opendj/base.ldif", Map.of("base", base, "dc", dc, "decoy-password", lostPassword(random)));
        String policy = "pwdPolicySubentry: cn=decoy,ou=policies," + base;
        return String.join("\n", text.lines().filter(line -> !line.startsWith("ds-")).map(line -> line.equals("cn: decoy") ? line + '\n' + policy : line).toList())
            + "\n\n" + LdifTemplate.fill("/antin/directory/slapd/policies.ldif", Map.of("base", base, "shortest", Integer.toString(passwords.shortest()),
                "history", Integer.toString(passwords.history()), "lock-after", Integer.toString(passwords.lockAfter()),
                "lock-seconds", Long.toString(passwords.lock().toSeconds()), "idle-seconds", Long.toString(Duration.ofDays(passwords.idleDays()).toSeconds())));
    }

    /** The hash of a password that never was, and as costly to check as a person's (argon2 in {@code config.ldif}). */
    private static String lostPassword(SecureRandom random) {
        byte[] salt = new byte[16];
        byte[] hash = new byte[32];
        random.nextBytes(salt);
        random.nextBytes(hash);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "{ARGON2}$argon2i$v=19$m=12288,t=3,p=1$" + base64.encodeToString(salt) + '$' + base64.encodeToString(hash);
    }

    private static void fail(String sentence) {
        System.err.println("antin: the files for slapd cannot be made: " + sentence);
        System.exit(2);
    }

    private static Path path(Map<String, String> given, String name) {
        return Path.of(given.getOrDefault(name, "")).toAbsolutePath();
    }
}
