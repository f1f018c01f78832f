package antin.directory.opendj;

import antin.directory.Role;
import antin.directory.ldif.LdifTemplate;
import antin.directory.password.CharacterClasses;
import antin.directory.password.PasswordPolicy;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What differs from OpenDJ's own configuration and first entries: the templates, filled for one installation. A fingerprint in the instance
 * tells what was applied to it last.
 */
final class OpenDjConfiguration {

    /** A check takes 50 ms of one of the processors it was measured on, once warm. More makes guessing dearer and login slower. */
    private static final String PBKDF2_ROUNDS = "60000";
    /** Whose place a secret takes in the fingerprint, which must come out alike each time. */
    private static final String ANY = "any";

    private final SetupArguments arguments;
    private final PasswordPolicy passwords;
    private final SecureRandom random;

    OpenDjConfiguration(SetupArguments arguments, PasswordPolicy passwords, SecureRandom random) {
        this.arguments = arguments;
        this.passwords = passwords;
        this.random = random;
    }

    /** Access rules, password policy, data and indexes, as changes to the configuration that OpenDJ comes with. */
    String changes(Path instance) throws IOException {
        return changes(values(firstDay(instance), OpenDjSecrets.hash(SecretFile.text(arguments.managerPasswordFile()), random), lostPassword()));
    }

    /** The first entries of the data, without people. */
    String firstEntries(Path instance) throws IOException {
        return LdifTemplate.fill("/antin/directory/opendj/base.ldif", values(firstDay(instance), ANY, lostPassword())) + '\n';
    }

    /**
     * The same as change records: what is there already stays, but for the decoy's password, which must cost what a person's costs, and for what OpenDJ
     * lets our processes do.
     */
    String missingEntries(Path instance) throws IOException {
        String adds = firstEntries(instance).lines().filter(line -> !line.startsWith("#")).map(line -> line.startsWith("dn: ") ? line + "\nchangetype: add" : line)
            .collect(Collectors.joining("\n"));
        return adds + "\n\ndn: cn=decoy,ou=services," + arguments.base() + "\nchangetype: modify\nreplace: userPassword\nuserPassword: " + lostPassword() + '\n'
            + firstEntries(instance).lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n")).transform(OpenDjConfiguration::limits);
    }

    /** Privileges and limits ({@code ds-...}) as changes to entries that may be there from before. */
    private static String limits(String entries) {
        StringBuilder changes = new StringBuilder();
        for (String entry : entries.split("\n[ \t]*\n")) {
            Map<String, String> limits = new TreeMap<>();
            entry.lines().filter(line -> line.startsWith("ds-")).forEach(line -> limits.merge(line.substring(0, line.indexOf(':')), line + '\n', String::concat));
            if (!limits.isEmpty()) {
                changes.append('\n').append(entry.lines().filter(line -> line.startsWith("dn: ")).findFirst().orElseThrow()).append("\nchangetype: modify\n")
                    .append(limits.entrySet().stream().map(limit -> "replace: " + limit.getKey() + '\n' + limit.getValue()).collect(Collectors.joining("-\n")));
            }
        }
        return changes.toString();
    }

    /** Of all that {@link #changes} and {@link #missingEntries} write. */
    String fingerprint(Path instance) throws IOException {
        Map<String, String> values = values(firstDay(instance), SecretFile.text(arguments.managerPasswordFile()), ANY);
        String all = changes(values) + LdifTemplate.fill("/antin/directory/opendj/base.ldif", values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    private static String changes(Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String template : new String[] {"access", "passwords", "data"}) {
            text.append(LdifTemplate.fill("/antin/directory/opendj/" + template + ".ldif", values)).append('\n');
        }
        return text.toString();
    }

    private Map<String, String> values(String firstDay, String managerPassword, String decoyPassword) {
        String base = arguments.base();
        Map<String, String> values = new HashMap<>();
        values.put("base", base);
        values.put("dc", base.substring("dc=".length(), base.indexOf(',') < 0 ? base.length() : base.indexOf(',')));
        values.put("rounds", PBKDF2_ROUNDS);
        values.put("manager-password", managerPassword);
        values.put("decoy-password", decoyPassword);
        values.put("since", firstDay);
        values.put("shortest", Integer.toString(passwords.shortest()));
        values.put("shortest-administrator", Integer.toString(passwords.shortestAdministrator()));
        values.put("history", Integer.toString(passwords.history()));
        values.put("lock-after", Integer.toString(passwords.lockAfter()));
        values.put("lock-seconds", Long.toString(passwords.lock().toSeconds()));
        values.put("idle-days", Integer.toString(passwords.idleDays()));
        values.put("administrators", PasswordPolicy.strictRoles().stream().map(Role::word).sorted().map(word -> "(antinRole=" + word + ')')
            .collect(Collectors.joining("", "(|", ")")));
        values.put("character-sets", CharacterClasses.all().stream().map(characters -> LdifTemplate.line("ds-cfg-character-set", "1:" + characters))
            .collect(Collectors.joining()).stripTrailing());
        return new TreeMap<>(values);
    }

    /** The day on which the rules for passwords came to this instance, such as 20261122; noted when first asked. */
    private static String firstDay(Path instance) throws IOException {
        Path file = instance.resolve("password-rules-since");
        if (!Files.exists(file)) {
            SecretFile.write(file, LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE));
        }
        return Files.readString(file);
    }

    private String lostPassword() {
        byte[] lost = new byte[32];
        random.nextBytes(lost);
        return Base64.getUrlEncoder().encodeToString(lost);
    }
}
