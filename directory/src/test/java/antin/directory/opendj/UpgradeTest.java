package antin.directory.opendj;

import static antin.directory.opendj.TestDirectory.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.SecretFile;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An instance of the version before, brought to this one; in the middle of which the set-up is killed, too. */
class UpgradeTest {

    private static final String OPERATORS_OWN = "operator's own";

    @Test
    void bringsAnInstanceOfTheVersionBeforeToThisOne() throws Exception {
        try (TestDirectory server = TestDirectory.bare()) {
            SetupArguments arguments = server.arguments(server.ldapsPort());
            OldInstance.make(arguments);
            Path config = server.state().resolve("directory/opendj/config/config.ldif");
            SecretFile.write(config, Files.readString(config).replace("ds-cfg-db-cache-percent: 30", "ds-cfg-db-cache-percent: 30\ndescription: " + OPERATORS_OWN));
            assertThat(run(arguments)).contains("directory: bringing access rules, password policy and indexes up to date");
            assertThat(Files.readString(config)).as("taken out").doesNotContain("Unique Number");
            server.startServer();
            assertIsOfThisVersion(server);
            server.stopServer();
            assertThat(run(arguments)).as("a second time").containsExactly("directory: ready to start");
            Files.createDirectories(server.state().resolve("conf"));
            Files.writeString(server.state().resolve("conf/directory.properties"), "password.shortest=10\n");
            assertThat(run(arguments)).as("other settings").contains("directory: bringing access rules, password policy and indexes up to date");
            assertThat(Files.readString(config)).contains("ds-cfg-min-password-length: 10", OPERATORS_OWN);
        }
    }

    @Test
    void completesWhatAKilledRunLeft() throws Exception {
        try (TestDirectory server = TestDirectory.bare()) {
            SetupArguments arguments = server.arguments(server.ldapsPort());
            OldInstance.make(arguments);
            int killed = 0;
            for (int millis = 800; millis <= 8_000 && killed(arguments, millis); millis += 900) {
                killed++;
            }
            assertThat(killed).as("runs that were killed at work").isGreaterThan(1);
            run(arguments);
            server.startServer();
            assertIsOfThisVersion(server);
        }
    }

    private static void assertIsOfThisVersion(TestDirectory server) throws LDAPException {
        RawLdap ldap = new RawLdap(server);
        TestPerson person = server.person("huong.vu");
        String dn = "uid=" + person.number() + ",ou=people," + BASE;
        try (LDAPConnection manager = ldap.manager(); LdapDirectory directory = LdapDirectory.connect(server.settings(), server.backbone());
            LDAPConnection backbone = ldap.external(server.internalFolder(), "backbone")) {
            // Nobody was lost, and an old password opens
            assertThat(Objects.requireNonNull(manager.search("ou=people," + BASE, SearchScope.ONE, "(objectClass=antinStaff)").getSearchEntries())).hasSize(server.people().size());
            assertThat(stored(manager, dn)).startsWith("{PBKDF2-HMAC-SHA256}");
            assertThat(directory.authenticate(person.address(), person.password())).isPresent();
            // Missing entries were added; the decoy costs what a person costs
            for (String container : List.of("groups", "mailboxes")) {
                Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> manager.getEntry("ou=" + container + "," + BASE) != null);
            }
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> stored(manager, "cn=decoy,ou=services," + BASE).startsWith("{PBKDF2-HMAC-SHA512}"));
            // New words and new indexes: backbone may not search where there is none
            backbone.modify(dn, new Modification(ModificationType.ADD, "antinPosition", "so-noi-vu/2026-01-01//Cố vấn"));
            assertThat(backbone.search("ou=people," + BASE, SearchScope.SUB, "(antinPosition=so-noi-vu/*)").getEntryCount()).isEqualTo(1);
            assertThat(backbone.search("ou=groups," + BASE, SearchScope.SUB, "(member=" + dn + ")").getEntryCount()).isZero();
            // New rights, and the old refusals
            assertThat(Objects.requireNonNull(backbone.getEntry(dn, "pwdChangedTime")).hasAttribute("pwdChangedTime")).isTrue();
            assertThat(Objects.requireNonNull(backbone.getEntry(dn, "userPassword")).hasAttribute("userPassword")).isFalse();
            assertThatThrownBy(() -> backbone.modify(dn, new Modification(ModificationType.REPLACE, "userPassword", "khoai"))).isInstanceOf(LDAPException.class);
        }
        assertThatThrownBy(() -> ldap.anonymous().search(BASE, SearchScope.SUB, "(objectClass=*)")).isInstanceOf(LDAPException.class);
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> ldap.bound(dn, "wrong")).isInstanceOf(LDAPException.class);
        }
        assertThatThrownBy(() -> ldap.bound(dn, person.password())).as("locked").isInstanceOf(LDAPException.class);
    }

    private static String stored(LDAPConnection manager, String dn) throws LDAPException {
        return Objects.requireNonNull(Objects.requireNonNull(manager.getEntry(dn, "userPassword")).getAttributeValue("userPassword"));
    }

    private static List<String> run(SetupArguments arguments) throws IOException {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        new DirectorySetup(arguments, new SecureRandom(), new PrintStream(progress, true, StandardCharsets.UTF_8)).run();
        return progress.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Whether it was still at work after that time; then it and its tools are killed, as by the launcher. */
    private static boolean killed(SetupArguments it, int millis) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), DirectorySetup.class.getName()));
        command.addAll(List.of("--state", it.state().toString(), "--opendj", it.opendj().toString(), "--ldap-port", Integer.toString(it.ldapPort()),
            "--ldaps-port", Integer.toString(it.ldapsPort()), "--admin-port", Integer.toString(it.adminPort()), "--base", it.base(), "--mail-domain", it.mailDomain(),
            "--manager-password-file", it.managerPasswordFile().toString(), "--keystore", it.keystore().toString(),
            "--keystore-password-file", it.keystorePasswordFile().toString(), "--client-trust", it.clientTrust().toString()));
        Process setup = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(it.state().resolve("log/killed.out").toFile()).start();
        if (setup.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return false;
        }
        List<ProcessHandle> all = new ArrayList<>(setup.descendants().toList());
        setup.destroyForcibly().waitFor();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(tool -> tool.onExit().join());
        return true;
    }
}
