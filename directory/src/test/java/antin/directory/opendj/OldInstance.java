package antin.directory.opendj;

import antin.directory.ldif.LdifTemplate;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An instance with the sample city as version 3 made its first ones, from its own templates: no groups, mailboxes or positions, passwords in PBKDF2-HMAC-SHA256, no lock. */
final class OldInstance {

    private static final String TEMPLATES = "/antin/directory/opendj/version3/";

    private OldInstance() {
    }

    static void make(SetupArguments arguments) throws IOException {
        SecureRandom random = new SecureRandom();
        Map<String, String> values = Map.of("base", arguments.base(), "dc", "city", "rounds", "200000", "decoy-password", "lost-and-gone",
            "manager-password", OpenDjSecrets.hash(SecretFile.text(arguments.managerPasswordFile()), random));
        Path instance = Files.createDirectories(arguments.instance());
        Path installation = instance.resolve("opendj");
        OpenDjArchive.unpack(arguments.opendj(), installation);
        Files.createDirectories(installation.resolve("tmp"));
        Files.writeString(installation.resolve("config/schema/98-antin.ldif"), LdifTemplate.fill(TEMPLATES + "schema.ldif", Map.of()));
        OpenDjProcess opendj = new OpenDjProcess(installation, Files.createDirectories(arguments.state().resolve("log")).resolve("directory-setup.out"));
        Path config = installation.resolve("config/config.ldif");
        Path changes = instance.resolve("changes.ldif");
        Path changed = instance.resolve("config.ldif.new");
        Files.writeString(changes, LdifTemplate.fill(TEMPLATES + "config-changes.ldif", values));
        opendj.run("com.forgerock.opendj.ldap.tools.LDIFModify", "--outputLDIF", changed.toString(), config.toString(), changes.toString());
        SecretFile.write(config, Files.readAllBytes(changed));
        Files.delete(changes);
        Files.delete(changed);
        SampleCity city = new SampleCity(arguments.base(), arguments.mailDomain(), random);
        Path entries = instance.resolve("entries.ldif");
        Files.writeString(entries, LdifTemplate.fill(TEMPLATES + "base.ldif", values) + '\n' + asOfThen(city.ldif()));
        opendj.run("org.opends.server.tools.ImportLDIF", "--configFile", config.toString(), "--offline", "--backendID", "userRoot", "--ldifFile", entries.toString());
        Files.delete(entries);
        SecretFile.write(arguments.sample().orElseThrow().resolve("people.tsv"), city.table());
        Files.writeString(instance.resolve("base-dn"), arguments.base());
    }

    /** Without what that version had no words or no place for. */
    private static String asOfThen(String ldif) {
        return Stream.of(ldif.split("\n\n", -1)).filter(entry -> !entry.contains(",ou=groups,") && !entry.contains(",ou=mailboxes,"))
            .map(entry -> entry.lines().filter(line -> !line.startsWith("antinHead:")).collect(Collectors.joining("\n"))).collect(Collectors.joining("\n\n"));
    }
}
