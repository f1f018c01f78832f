package antin.directory.opendj;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.ldap.LdapDirectory;
import antin.kernel.Problem;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchResultEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Set-up on an installation that is there, and on one that a crash left half-made. Each test leaves a whole one. */
class DirectorySetupTest {

    private static final TestDirectory SERVER = TestDirectory.shared();

    @TempDir
    private Path folder;

    @Test
    void aSecondRunKeepsPeopleAndPasswords() throws Exception {
        String people = Files.readString(SERVER.state().resolve("sample/people.tsv"));
        assertThat(run(SERVER.arguments(SERVER.ldapsPort()))).containsExactly("directory: ready to start");
        assertThat(SERVER.state().resolve("sample/people.tsv")).hasContent(people);
    }

    @Test
    void changesItsPortsOnAnInstanceThatIsThere() throws Exception {
        SERVER.stopServer();
        int port = SERVER.ldapsPort();
        assertThat(run(SERVER.arguments(TestDirectory.freePort()))).contains("directory: changing its ports and its key's place");
        assertThat(run(SERVER.arguments(port))).contains("directory: changing its ports and its key's place");
        SERVER.startServer();
        try (LdapDirectory directory = LdapDirectory.connect(SERVER.settings(), SERVER.backbone())) {
            assertThat(directory.authenticate("100001", SERVER.person("an.nguyen").password())).isPresent();
        }
    }

    /** What an instance of an earlier version lacks. */
    @Test
    void bringsNewWordsToASchemaThatIsThere() throws Exception {
        Path schema = SERVER.state().resolve("directory/opendj/config/schema/98-antin.ldif");
        String now = Files.readString(schema);
        Files.writeString(schema, String.join("\n", now.lines().filter(line -> !line.contains("antinPosition")).toList()));
        run(SERVER.arguments(SERVER.ldapsPort()));
        assertThat(schema).hasContent(now);
    }

    /** Without, backbone could not read all people of a city: OpenDJ looks at 5,000 entries and no more. */
    @Test
    void letsTheProcessesOfAnEarlierInstanceReadAsMuchAsThoseOfANewOne() throws Exception {
        String backbone = "cn=backbone,ou=services," + TestDirectory.BASE;
        try (LDAPConnection manager = new RawLdap(SERVER).manager()) {
            manager.modify(backbone, new Modification(ModificationType.REPLACE, "ds-privilege-name", "password-reset"),
                new Modification(ModificationType.REPLACE, "ds-rlim-lookthrough-limit"));
        }
        SERVER.stopServer();
        Files.writeString(SERVER.state().resolve("directory/applied"), "of an earlier version");
        run(SERVER.arguments(SERVER.ldapsPort()));
        SERVER.startServer();
        try (LDAPConnection manager = new RawLdap(SERVER).manager()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                SearchResultEntry now = Objects.requireNonNull(manager.getEntry(backbone, "ds-privilege-name", "ds-rlim-lookthrough-limit"));
                assertThat(now.getAttributeValues("ds-privilege-name")).containsExactlyInAnyOrder("password-reset", "unindexed-search");
                assertThat(now.getAttributeValue("ds-rlim-lookthrough-limit")).isEqualTo("0");
            });
        }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
        String config = Files.readString(SERVER.state().resolve("directory/opendj/config/config.ldif"));
        assertThat(Pattern.compile("(?m)^ds-cfg-listen-address: (.*)$").matcher(config).results().map(match -> match.group(1)).distinct())
            .containsExactly("127.0.0.1");
    }

    @Test
    void keepsSecretsOutOfWhatOthersMayRead() throws IOException {
        assertThat(Files.getPosixFilePermissions(SERVER.state().resolve("directory"))).hasSize(3);
        assertThat(Files.getPosixFilePermissions(SERVER.state().resolve("sample/people.tsv"))).hasSize(2);
        assertThat(SERVER.state().resolve("directory/entries.ldif")).doesNotExist();
        assertThat(SERVER.state().resolve("directory")).isDirectoryNotContaining("glob:**/changes-*");
        String log = Files.readString(SERVER.state().resolve("log/directory-setup.out"), StandardCharsets.UTF_8);
        SERVER.people().forEach(person -> assertThat(log).doesNotContain(person.password()));
    }

    @Test
    void refusesAnotherBaseThanTheInstanceHas() throws Exception {
        SetupArguments it = SERVER.arguments(SERVER.ldapsPort());
        SetupArguments other = new SetupArguments(it.state(), it.opendj(), it.ldapPort(), it.ldapsPort(), it.adminPort(), "dc=other", "other.example",
            it.managerPasswordFile(), it.keystore(), it.keystorePasswordFile(), it.clientTrust(), it.listen(), it.sample());
        assertThatThrownBy(() -> run(other)).isInstanceOf(Problem.class).hasMessageContaining("dc=other");
    }

    @Test
    void saysThatTheArchiveIsMissingAndLeavesNothingWhole() throws Exception {
        SetupArguments it = SERVER.arguments(SERVER.ldapsPort());
        SetupArguments fresh = new SetupArguments(folder, folder.resolve("none.zip"), it.ldapPort(), it.ldapsPort(), it.adminPort(), it.base(),
            it.mailDomain(), it.managerPasswordFile(), it.keystore(), it.keystorePasswordFile(), it.clientTrust(), it.listen(), it.sample());
        assertThatThrownBy(() -> run(fresh)).isInstanceOf(Problem.class).hasMessageContaining("none.zip");
        assertThat(folder.resolve("directory")).doesNotExist();
    }

    @Test
    void mendsWhatACrashLeftHalfMade() throws Exception {
        SetupArguments it = SERVER.arguments(SERVER.ldapsPort());
        Files.createDirectories(folder.resolve("directory.half/opendj/config"));
        Files.writeString(folder.resolve("directory.half/opendj/config/config.ldif"), "half");
        SetupArguments fresh = new SetupArguments(folder, it.opendj(), it.ldapPort(), it.ldapsPort(), it.adminPort(), it.base(), it.mailDomain(),
            it.managerPasswordFile(), it.keystore(), it.keystorePasswordFile(), it.clientTrust(), it.listen(), Optional.empty());
        run(fresh);
        assertThat(folder.resolve("directory.half")).doesNotExist();
        assertThat(folder.resolve("directory/start.args")).exists();
        assertThat(folder.resolve("sample")).doesNotExist();
    }

    private static List<String> run(SetupArguments arguments) throws IOException {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        new DirectorySetup(arguments, new SecureRandom(), new PrintStream(progress, true, StandardCharsets.UTF_8)).run();
        return progress.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
