package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts: kept over ManageSieve, run on letters that arrive. */
class SieveTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();

    private final TestPerson person = INSTALLATION.directory.people().get(4);

    @AfterEach
    void withoutScripts() throws Exception {
        try (Wire wire = loggedIn()) {
            say(wire, "SETACTIVE \"\"");
            for (String line : say(wire, "LISTSCRIPTS").split("\n")) {
                if (line.startsWith("\"")) {
                    say(wire, "DELETESCRIPT " + line);
                }
            }
        }
    }

    @Test
    void aScriptIsPutListedReadActivatedRenamedAndDeleted() throws Exception {
        String script = "# Thư đến\r\nkeep;\r\n";
        try (Wire wire = loggedIn()) {
            assertThat(say(wire, "HAVESPACE \"a\" 100")).startsWith("OK");
            assertThat(put(wire, "a", script)).startsWith("OK");
            assertThat(put(wire, "Lọc thư", "discard;")).startsWith("OK");
            assertThat(say(wire, "SETACTIVE \"a\"")).startsWith("OK");
            assertThat(say(wire, "LISTSCRIPTS")).contains("\"a\" ACTIVE\n").contains("\"Lọc thư\"\n");
            assertThat(say(wire, "GETSCRIPT \"a\"")).contains("{" + script.getBytes(StandardCharsets.UTF_8).length + "}\n# Thư đến\nkeep;\n");
            assertThat(say(wire, "DELETESCRIPT \"a\"")).startsWith("NO (ACTIVE)");
            assertThat(say(wire, "RENAMESCRIPT \"a\" \"Lọc thư\"")).startsWith("NO (ALREADYEXISTS)");
            assertThat(say(wire, "RENAMESCRIPT \"a\" \"b\"")).startsWith("OK");
            assertThat(say(wire, "LISTSCRIPTS")).contains("\"b\" ACTIVE\n");
            assertThat(say(wire, "GETSCRIPT \"a\"")).startsWith("NO (NONEXISTENT)");
            assertThat(say(wire, "SETACTIVE \"a\"")).startsWith("NO (NONEXISTENT)");
            assertThat(say(wire, "NOOP \"tag\"")).startsWith("OK (TAG \"tag\")");
            assertThat(say(wire, "NONSENSE")).startsWith("NO");
            assertThat(wire.send("LOGOUT\r\n").rest()).startsWith("OK");
        }
    }

    @Test
    void scriptsHaveABound() throws Exception {
        try (Wire wire = loggedIn()) {
            assertThat(say(wire, "HAVESPACE \"a\" 9999999")).startsWith("NO (QUOTA/MAXSIZE)");
            for (int i = 0; i < 16; i++) {
                assertThat(put(wire, "s" + i, "keep;")).startsWith("OK");
            }
            assertThat(put(wire, "one more", "keep;")).startsWith("NO (QUOTA/MAXSCRIPTS)");
            assertThat(put(wire, "s3", "discard;")).startsWith("OK");
            assertThat(wire.send("PUTSCRIPT \"x\" {2000000000+}\r\n").rest()).startsWith("BYE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense;", "redirect \"a@evil.example\";", "require \"vacation\"; vacation \"away\";", "require \"reject\"; reject \"no\";", "require \"body\";", "require \"foo\";",
        "if", "if true { redirect \"a@evil.example\"; }", "if false { nonsense; }", "keep", "{}", "\"", "if header :matches \"subject\" \"*a*b*\" { discard; }",
        "if header :regex \"subject\" \"(a+)+\" { discard; }"})
    void aScriptThatIsWrongOrAsksForTooMuchIsNotTaken(String script) throws Exception {
        try (Wire wire = loggedIn()) {
            assertThat(put(wire, "bad", script)).startsWith("NO");
            assertThat(say(wire, "LISTSCRIPTS")).doesNotContain("bad");
        }
    }

    @Test
    void attackDeeplyNestedScriptIsNotTaken() throws Exception {
        try (Wire wire = loggedIn()) {
            assertThat(put(wire, "deep", "if " + "not ".repeat(15_000) + "true { keep; }")).startsWith("NO");
            assertThat(say(wire, "NOOP")).startsWith("OK");
        }
    }

    @Test
    void theActiveScriptFilesAndDiscardsAndABrokenOneLosesNothing() throws Exception {
        TestClient mailbox = new TestClient(INSTALLATION, person.address());
        String mark = Long.toString(System.nanoTime());
        try (Wire imap = Door.IMAP.open(INSTALLATION); Wire wire = loggedIn()) {
            Door.IMAP.authenticate(imap, "PLAIN", Door.plain("", person.address(), TestInstallation.PASSWORD));
            imap.imap("b", "CREATE Filed");
            assertThat(put(wire, "f", "require [\"fileinto\", \"envelope\"];\r\nif header :contains \"subject\" \"khẩn\" { fileinto \"Filed\"; }\r\n"
                + "elsif envelope :is \"from\" \"nobody@elsewhere.example\" { discard; }\r\nelsif header :contains \"subject\" \"bỏ\" { discard; }\r\n"
                + "elsif header :contains \"subject\" \"nowhere\" { fileinto \"No such folder\"; }")).startsWith("OK");
            say(wire, "SETACTIVE \"f\"");
            send("Công văn khẩn " + mark);
            send("vứt bỏ " + mark);
            send("nowhere " + mark);
            send("thường " + mark);

            await().atMost(Duration.ofSeconds(20)).until(() -> mailbox.subjects("imaps").contains("thường " + mark));
            await().atMost(Duration.ofSeconds(20)).until(() -> mailbox.subjects("imaps").contains("nowhere " + mark));
            assertThat(mailbox.subjects("imaps")).doesNotContain("Công văn khẩn " + mark, "vứt bỏ " + mark);
            assertThat(imap.send("c STATUS Filed (MESSAGES)\r\n").line()).contains("MESSAGES 1");
            imap.untilTag("c");

            breakScript();
            send("hỏng " + mark);
            await().atMost(Duration.ofSeconds(20)).until(() -> mailbox.subjects("imaps").contains("hỏng " + mark));
        }
    }

    @Test
    void scriptsAreAMatterOfTheirMailboxAlone() throws Exception {
        try (Wire mine = loggedIn(); Wire other = Door.SIEVE.open(INSTALLATION)) {
            put(mine, "mine", "keep;");
            Door.SIEVE.authenticate(other, "PLAIN", Door.plain("", INSTALLATION.sender(), TestInstallation.PASSWORD));
            assertThat(say(other, "LISTSCRIPTS")).doesNotContain("mine");
            assertThat(say(other, "GETSCRIPT \"mine\"")).startsWith("NO (NONEXISTENT)");
        }
    }

    @Test
    void nothingIsTakenBeforeTls() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("sieve"))) {
            assertThat(Door.untilOk(wire)).contains("\"SASL\" \"\"").contains("\"STARTTLS\"").contains("\"SIEVE\" \"fileinto envelope\"");
            assertThat(wire.send("AUTHENTICATE \"PLAIN\" \"AGEAYg==\"\r\n").line()).startsWith("NO (ENCRYPT-NEEDED)");
            assertThat(wire.send("LISTSCRIPTS\r\n").line()).startsWith("NO");
        }
        try (Wire wire = Wire.open(INSTALLATION.port("sieve"))) {
            Door.untilOk(wire);
            wire.send("STARTTLS\r\n").line();
            assertThat(Door.untilOk(wire.startTls())).contains("\"SASL\" \"PLAIN OAUTHBEARER XOAUTH2\"").doesNotContain("STARTTLS");
        }
    }

    @Test
    void starttlsInjectionEndsTheConnection() throws Exception {
        try (Wire wire = Wire.open(INSTALLATION.port("sieve"))) {
            Door.untilOk(wire);
            assertThat(wire.send("STARTTLS\r\nCAPABILITY\r\n").rest()).startsWith("BYE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTHENTICATE \"PLAIN\" {2000000000+}\r\n", "AUTHENTICATE \"PLAIN\" {14001+}\r\n", "{99999+}\r\n", "PUTSCRIPT \"x\" {20000+}\r\n", "A B C D E F\r\n", "\u0001\r\n", "NOOP\n", "{x}\r\n"})
    void whatIsTooMuchBeforeLoginEndsTheConnection(String sent) throws Exception {
        try (Wire wire = Door.SIEVE.open(INSTALLATION)) {
            assertThat(wire.send(sent).rest()).startsWith("BYE");
        }
    }

    @Test
    void aLineAndTheCommandsBeforeLoginAreBounded() throws Exception {
        try (Wire wire = Door.SIEVE.open(INSTALLATION)) {
            assertThat(wire.send("NOOP \"" + "x".repeat(20_000)).rest()).startsWith("BYE");
        }
        try (Wire wire = Door.SIEVE.open(INSTALLATION)) {
            assertThat(wire.send("NOOP\r\n".repeat(41)).rest()).contains("BYE");
        }
    }

    private Wire loggedIn() throws Exception {
        Wire wire = Door.SIEVE.open(INSTALLATION);
        assertThat(Door.SIEVE.authenticate(wire, "PLAIN", Door.plain("", person.address(), TestInstallation.PASSWORD))).startsWith("OK");
        return wire;
    }

    private static String say(Wire wire, String command) throws Exception {
        return Door.untilOk(wire.send(command + "\r\n"));
    }

    private static String put(Wire wire, String name, String script) throws Exception {
        return say(wire, "PUTSCRIPT \"" + name + "\" {" + script.getBytes(StandardCharsets.UTF_8).length + "+}\r\n" + script);
    }

    private void send(String subject) throws Exception {
        new TestClient(INSTALLATION, INSTALLATION.sender()).send("submission", person.address(), subject, "Kính gửi", "a.txt", new byte[] {1});
    }

    /** As a change of the language might, with the script still in place; the process learns of it when it starts again. */
    private void breakScript() throws Exception {
        try (Connection database = INSTALLATION.database(); Statement statement = database.createStatement()) {
            statement.executeUpdate("UPDATE sieve_script SET script = 'if {{{ nonsense'");
        }
        INSTALLATION.stop(Duration.ofSeconds(20));
        INSTALLATION.start();
    }
}
