package antin.acceptance;

import antin.acceptance.Antin.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The clients staff have: swaks to send, mbsync and curl to read. All of them check the server's certificate. */
record MailClient(Antin antin, Person person, String password) {

    /** Sends through submission with STARTTLS. */
    Tool.Result send(Letter letter) {
        return send(letter, letter.from());
    }

    Tool.Result send(Letter letter, String envelopeFrom) {
        return Tool.run(Map.of(), letter.mime(), "swaks", "--server", "localhost:" + antin.port(10587), "--tls", "--tls-verify",
            "--tls-ca-path", antin.root(), "--auth", "PLAIN", "--auth-user", person.address(), "--auth-password", password,
            "--from", envelopeFrom, "--to", letter.to(), "--timeout", "30", "--data", "-");
    }

    /** Logs in over SMTP and does nothing else. */
    Tool.Result logInToSmtp() {
        return Tool.run("swaks", "--server", "localhost:" + antin.port(10587), "--tls", "--auth", "PLAIN", "--auth-user", person.address(),
            "--auth-password", password, "--from", person.address(), "--to", person.address(), "--quit-after", "AUTH", "--timeout", "30");
    }

    /** Lists the inbox; the conversation is in the output. */
    Tool.Result logInToImap() {
        return Tool.run("curl", "-sv", "--cacert", antin.root(), "--max-time", "30", "-u", person.address() + ":" + password,
            "imaps://localhost:" + antin.port(10993) + "/INBOX?ALL");
    }

    Tool.Result logInToPop3() {
        return Tool.run("curl", "-sv", "--cacert", antin.root(), "--max-time", "30", "-u", person.address() + ":" + password,
            "pop3s://localhost:" + antin.port(10995) + "/");
    }

    /** Fetches the whole inbox over IMAPS into a new Maildir, and gives the messages as they were sent (CRLF). */
    List<String> fetchAll(Path folder) {
        try {
            Path maildir = Files.createDirectories(folder.resolve("mail"));
            Path secret = folder.resolve("password");
            Files.writeString(secret, password);
            Path config = folder.resolve("mbsyncrc");
            Files.writeString(config, """
                IMAPAccount antin
                Host localhost
                Port %d
                User %s
                PassCmd "cat %s"
                AuthMechs PLAIN
                SSLType IMAPS
                CertificateFile %s

                IMAPStore remote
                Account antin

                MaildirStore local
                Path %s/
                Inbox %s/INBOX

                Channel inbox
                Far :remote:INBOX
                Near :local:INBOX
                Create Near
                Sync Pull
                SyncState *
                """.formatted(antin.port(10993), person.address(), secret, antin.root(), maildir, maildir));
            Tool.run("mbsync", "-c", config.toString(), "inbox").succeeds();
            try (Stream<Path> files = Stream.concat(Files.list(maildir.resolve("INBOX/new")), Files.list(maildir.resolve("INBOX/cur")))) {
                return files.map(MailClient::message).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String message(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n").replace("\n", "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
