package antin.directory.opendj;

import antin.directory.Register;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Two servers set up apart and made a pair by the documented command; the first had the sample city. */
final class TestPair implements AutoCloseable {

    /** How a run of the command ended and what it said. */
    record Said(boolean inStep, String text) {
    }

    final TestDirectory first = TestDirectory.start();
    final TestDirectory second = TestDirectory.startBeside(first);
    final int firstReplicationPort = TestDirectory.freePort();
    final int secondReplicationPort = TestDirectory.freePort();

    Said enable() {
        return run("enable", "--first-replication-port", Integer.toString(firstReplicationPort), "--second-replication-port", Integer.toString(secondReplicationPort),
            "--first-password-file", first.state().resolve("secrets/manager.password").toString(),
            "--second-password-file", second.state().resolve("secrets/manager.password").toString());
    }

    Said run(String verb, String... more) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] words = Stream.of(Stream.of(verb, "--state", first.state().toString(), "--first", "127.0.0.1:" + first.adminPort(), "--second", "127.0.0.1:" + second.adminPort(),
            "--administrator-password-file", first.state().resolve("secrets/replication.password").toString(), "--trust-file", first.rootFile().toString()),
            Stream.of(more)).flatMap(part -> part).toArray(String[]::new);
        try {
            boolean inStep = Replication.run(words, new PrintStream(said, true, StandardCharsets.UTF_8));
            return new Said(inStep, said.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException(said + toolOutput(first.state().resolve("log/directory-replication.out")), e);
        }
    }

    /** As backbone has it: both servers, the first one preferred. */
    LdapDirectory both() {
        return LdapDirectory.connect(new LdapSettings(List.of(first.settings().hosts().getFirst(), second.settings().hosts().getFirst()), TestDirectory.BASE,
            first.rootFile(), TestDirectory.MAIL_DOMAIN), first.backbone());
    }

    /** One of them alone. */
    Register only(TestDirectory server, List<AutoCloseable> open) {
        LdapDirectory directory = LdapDirectory.connect(server.settings(), first.backbone());
        open.add(directory);
        return directory.register();
    }

    @Override
    public void close() {
        second.close();
        first.close();
    }

    private static String toolOutput(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
