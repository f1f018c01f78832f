package antin.mail;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that does not wait for answers (RFC 9051, 5.5): everything comes out as if it had waited. */
@Timeout(60)
class ImapPipeliningTest {

    private static final TestInstallation INSTALLATION = TestInstallation.shared();
    private static final Duration SLOW = Duration.ofMillis(1_500);

    private final TestPerson person = INSTALLATION.directory.people().get(13);
    private final String login = "LOGIN " + person.address() + ' ' + TestInstallation.PASSWORD + "\r\n";

    @BeforeEach
    void backboneTakesItsTime() {
        INSTALLATION.backbone.slow(person.address(), SLOW);
    }

    @AfterEach
    void backboneIsQuickAgain() {
        INSTALLATION.backbone.quick(person.address());
    }

    @Test
    void whatFollowsALoginIsAnsweredAfterIt() throws Exception {
        try (Wire wire = greeted()) {
            wire.send("a " + login + "b NOOP\r\nc SELECT INBOX\r\nd SEARCH ALL\r\ne SELECT Nowhere\r\nf NOOP\r\n");
            assertThat(answers(wire, 6)).containsExactly("a OK", "b OK", "c OK", "d OK", "e NO", "f OK");
        }
    }

    @Test
    void whatFollowsAnAuthenticationIsAnsweredAfterIt() throws Exception {
        String message = Base64.getEncoder().encodeToString(Door.plain("", person.address(), TestInstallation.PASSWORD).getBytes(StandardCharsets.UTF_8));
        try (Wire initial = greeted()) {
            initial.send("a AUTHENTICATE PLAIN " + message + "\r\nb SELECT INBOX\r\nc NOOP\r\n");
            assertThat(answers(initial, 3)).containsExactly("a OK", "b OK", "c OK");
        }
        try (Wire asked = greeted()) {
            asked.send("a AUTHENTICATE PLAIN\r\n" + message + "\r\nb SELECT INBOX\r\nc NOOP\r\n");
            assertThat(answers(asked, 3)).containsExactly("a OK", "b OK", "c OK");
        }
    }

    @Test
    void whatFollowsARefusedLoginIsRefusedToo() throws Exception {
        try (Wire wire = greeted()) {
            wire.send("a LOGIN " + person.address() + " wrong\r\nb SELECT INBOX\r\nc LOGOUT\r\n");
            assertThat(answers(wire, 3)).containsExactly("a NO", "b NO", "c OK");
        }
    }

    @Test
    void aThousandCommandsAreAnsweredInOrder() throws Exception {
        try (Wire wire = greeted()) {
            wire.send("a " + login + IntStream.range(0, 1_000).mapToObj(i -> "n" + i + (i % 10 == 0 ? " SELECT INBOX\r\n" : " NOOP\r\n")).collect(Collectors.joining()));
            assertThat(answers(wire, 1)).containsExactly("a OK");
            assertThat(answers(wire, 1_000)).containsExactlyElementsOf(IntStream.range(0, 1_000).mapToObj(i -> "n" + i + " OK").toList());
        }
    }

    @Test
    void lettersAreAppendedAmongOtherCommands() throws Exception {
        String small = "Subject: a\r\n\r\nb NOOP\r\n";
        String large = "Subject: b\r\n\r\n" + ("c NOOP {7}\r\n").repeat(50_000);
        try (Wire wire = greeted()) {
            wire.send("a " + login + "b CREATE Pipelined\r\nc APPEND Pipelined {" + small.length() + "+}\r\n" + small + "\r\nd APPEND Pipelined {" + large.length()
                + "+}\r\n" + large + "\r\ne NOOP\r\nf SELECT Pipelined\r\ng SEARCH LARGER 500000\r\nh DELETE Pipelined\r\n");
            assertThat(answers(wire, 8)).containsExactly("a OK", "b OK", "c OK", "d OK", "e OK", "f OK", "g OK", "h OK");
        }
    }

    @Test
    void idlingEndsWithDoneAndWhatFollowsIsAnswered() throws Exception {
        try (Wire wire = greeted()) {
            wire.send("a " + login + "b SELECT INBOX\r\nc IDLE\r\n");
            assertThat(answers(wire, 2)).containsExactly("a OK", "b OK");
            while (!wire.line().startsWith("+")) {
                // the mailbox's state
            }
            wire.send("DONE\r\nd NOOP\r\ne IDLE\r\nDONE\r\nf NOOP\r\n");
            assertThat(answers(wire, 4)).containsExactly("c OK", "d OK", "e OK", "f OK");
        }
    }

    @Test
    void whatIsSentByteByByteIsUnderstoodAsWell() throws Exception {
        try (Wire wire = greeted()) {
            for (byte b : ("a " + login + "b NOOP\r\nc IDLE\r\nDONE\r\nd NOOP\r\n").getBytes(StandardCharsets.UTF_8)) {
                wire.send(new byte[] {b});
            }
            assertThat(answers(wire, 4)).containsExactly("a OK", "b OK", "c OK", "d OK");
        }
    }

    @Test
    void slowLoginsWithMuchBehindThemHoldUpNobodyElse() throws Exception {
        INSTALLATION.backbone.slow(person.address(), Duration.ofSeconds(6));
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                Wire wire = greeted();
                wire.send("a " + login + "b NOOP\r\n".repeat(30));
                slow.add(wire);
            }
            Instant begun = Instant.now();
            try (Wire other = greeted()) {
                assertThat(other.imap("a", "LOGIN " + INSTALLATION.sender() + ' ' + TestInstallation.PASSWORD)).startsWith("a OK");
                assertThat(other.imap("b", "SELECT INBOX")).startsWith("b OK");
            }
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(4));
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
    }

    private static Wire greeted() throws Exception {
        Wire wire = Wire.openTls(INSTALLATION.port("imaps"));
        wire.line();
        return wire;
    }

    /** Tag and word of the next tagged answers. */
    private static List<String> answers(Wire wire, int count) throws Exception {
        List<String> answers = new ArrayList<>();
        while (answers.size() < count) {
            String line = wire.line();
            if (line.isEmpty()) {
                return answers;
            }
            if (line.matches("[a-z]+[0-9]* .*")) {
                answers.add(line.replaceFirst("^(\\S+ \\S+).*", "$1"));
            }
        }
        return answers;
    }
}
