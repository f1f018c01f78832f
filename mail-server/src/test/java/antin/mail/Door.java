package antin.mail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Each protocol that people log in over, as a client that speaks SASL over TLS sees it. */
enum Door {
    IMAP("imaps", "imap", "a OK", "a NO [AUTHENTICATIONFAILED]", "a NO [UNAVAILABLE]"),
    POP3("pop3s", "pop", "+OK", "-ERR [AUTH]", "-ERR [SYS/TEMP]"),
    SMTP("submissions", "smtp", "235 ", "535 5.7.8", "454 4.7.0"),
    SIEVE("sieve", "sieve", "OK \"Welcome", "NO \"Wrong", "NO (TRYLATER)");

    final String scope;
    final String accepted;
    final String refused;
    final String later;
    private final String port;

    Door(String port, String scope, String accepted, String refused, String later) {
        this.port = port;
        this.scope = scope;
        this.accepted = accepted;
        this.refused = refused;
        this.later = later;
    }

    /** The answer to an initial response that was given with the command; a challenge of a failed token is answered as RFC 7628 wants it. */
    String authenticate(TestInstallation installation, String mechanism, String message) throws IOException, GeneralSecurityException {
        try (Wire wire = open(installation)) {
            return authenticate(wire, mechanism, message);
        }
    }

    Wire open(TestInstallation installation) throws IOException, GeneralSecurityException {
        if (this == SIEVE) {
            Wire wire = Wire.open(installation.port(port));
            untilOk(wire);
            wire.send("STARTTLS\r\n").line();
            untilOk(wire.startTls());
            return wire;
        }
        Wire wire = Wire.openTls(installation.port(port));
        wire.answer();
        if (this == SMTP) {
            wire.ask("EHLO test");
        }
        return wire;
    }

    String authenticate(Wire wire, String mechanism, String message) throws IOException {
        String answer = answer(wire, command(mechanism) + ' ' + quoted(base64(message)) + "\r\n");
        return answer.startsWith("\"") ? answer(wire, "\"AQ==\"\r\n") : answer.startsWith("+ ") || answer.startsWith("334 ") ? answer(wire, "AQ==\r\n") : answer;
    }

    /** The same, with the message sent only when the server asks for it. */
    String authenticateWithoutInitialResponse(TestInstallation installation, String mechanism, String message) throws IOException, GeneralSecurityException {
        try (Wire wire = open(installation)) {
            String asked = wire.send(command(mechanism) + "\r\n").line();
            if (!asked.startsWith("+") && !asked.startsWith("334") && !asked.startsWith("\"")) {
                return asked;
            }
            return answer(wire, quoted(base64(message)) + "\r\n");
        }
    }

    private String command(String mechanism) {
        return this == SIEVE ? "AUTHENTICATE \"" + mechanism + '"' : this == IMAP ? "a AUTHENTICATE " + mechanism : "AUTH " + mechanism;
    }

    private String quoted(String text) {
        return this == SIEVE ? '"' + text + '"' : text;
    }

    static String untilOk(Wire wire) throws IOException {
        StringBuilder all = new StringBuilder();
        String line = "";
        int empty = 0; // a script may hold one such line, and a closed connection only such
        do {
            line = wire.line();
            empty = line.isEmpty() ? empty + 1 : 0;
            all.append(line).append('\n');
        } while (empty < 3 && !line.startsWith("OK") && !line.startsWith("NO") && !line.startsWith("BYE"));
        return all.toString();
    }

    private static String answer(Wire wire, String line) throws IOException {
        return wire.send(line).line();
    }

    static String oauthbearer(String user, String token) {
        return "n,a=" + user + ",\u0001host=localhost\u0001port=1\u0001auth=Bearer " + token + "\u0001\u0001";
    }

    static String xoauth2(String user, String token) {
        return "user=" + user + "\u0001auth=Bearer " + token + "\u0001\u0001";
    }

    static String plain(String mailbox, String login, String password) {
        return mailbox + '\0' + login + '\0' + password;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
