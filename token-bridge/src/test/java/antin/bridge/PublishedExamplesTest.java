package antin.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import antin.bridge.command.Authenticate;
import antin.bridge.command.GetSigningCertificate;
import antin.bridge.command.Quit;
import antin.bridge.command.Sign;
import antin.bridge.command.Signatures;
import antin.bridge.message.Frames;
import antin.bridge.origin.Origins;
import antin.bridge.origin.Policy;
import antin.bridge.origin.RememberedOrigins;
import antin.bridge.token.RecordedToken;
import antin.bridge.window.Person;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conversations that web-eid-app's page shows ("Command-line mode" and "Input-output mode"), byte for byte but for the blanks between the words, which a program does not send. Their values verify
 * under no key, so a recorded card gives them.
 */
class PublishedExamplesTest {

    private static final Pattern BLANKS = Pattern.compile("\\s+(?=([^\"]*\"[^\"]*\")*[^\"]*$)");
    private static final String PROGRAM = "https://web-eid.eu/web-eid-app/releases/2.0.0+0";

    private final Person person = new Person("1234", "1234");
    @TempDir
    private Path folder;

    @Test
    void greetsWithItsVersion() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Conversation(new Frames(Pipes.frames(), out), person, folder, true, List.of()).greet("1.0.0");
        assertThat(Pipes.messages(out.toByteArray())).containsExactly(published("version.json"));
    }

    @Test
    void logsIn() throws Exception {
        String answer = published("authenticate.answer.json");
        RecordedToken card = card(field(answer, "unverifiedCertificate"), field(answer, "signature"));
        assertThat(talk(card, command("authenticate", "authenticate.arguments.json"))).isEqualTo(answer);
        // "The value that is signed is hash(origin)+hash(challenge)": here SHA-384, since the key is on P-384
        MessageDigest sha384 = MessageDigest.getInstance("SHA-384");
        byte[] origin = sha384.digest("https://ria.ee".getBytes(StandardCharsets.UTF_8));
        byte[] nonce = sha384.digest("12345678901234567890123456789012345678901234".getBytes(StandardCharsets.UTF_8));
        sha384.update(origin);
        assertThat(card.digests).containsExactly(sha384.digest(nonce));
    }

    @Test
    void givesTheSigningCertificate() throws Exception {
        String answer = published("get-signing-certificate.answer.json");
        RecordedToken card = card(field(answer, "certificate"), "");
        assertThat(talk(card, command("get-signing-certificate", "get-signing-certificate.arguments.json"))).isEqualTo(answer);
        assertThat(talk(card, command("get-signing-certificate", "get-signing-certificate-lang.arguments.json"))).isEqualTo(answer);
    }

    @Test
    void signs() throws Exception {
        String answer = published("sign.answer.json");
        String arguments = published("sign.arguments.json");
        RecordedToken card = card(field(arguments, "certificate"), field(answer, "signature"));
        assertThat(talk(card, command("sign", "sign.arguments.json"))).isEqualTo(answer);
        assertThat(card.digests).containsExactly(Base64.getDecoder().decode(field(arguments, "hash")));
    }

    @Test
    void refusesAnOriginThatIsNone() throws Exception {
        RecordedToken card = card(field(published("get-signing-certificate.answer.json"), "certificate"), "");
        assertThat(talk(card, "{\"command\": \"get-signing-certificate\", \"arguments\": {\"origin\": \"https://ria.ee/\"}}")).isEqualTo(published("error.answer.json"));
    }

    @Test
    void quits() throws Exception {
        RecordedToken card = card(field(published("get-signing-certificate.answer.json"), "certificate"), "");
        assertThat(talk(card, "{\"command\": \"quit\", \"arguments\": {}}")).isEqualTo("{}");
    }

    private String talk(RecordedToken card, String message) throws IOException {
        Origins origins = new Origins(Policy::none, new RememberedOrigins(folder), person::mayAsk);
        Signatures signatures = new Signatures(card, person);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Frames frames = new Frames(Pipes.frames(message), out);
        Conversation conversation = new Conversation(frames, person, folder, true,
            List.of(new Quit(), new GetSigningCertificate(origins, signatures), new Sign(origins, signatures), new Authenticate(origins, signatures, PROGRAM)));
        conversation.answer(frames.read().orElseThrow());
        return Pipes.messages(out.toByteArray()).getFirst();
    }

    private static RecordedToken card(String certificate, String value) throws Exception {
        return new RecordedToken(Base64.getDecoder().decode(certificate), Base64.getDecoder().decode(value));
    }

    private static String command(String name, String arguments) throws IOException {
        return "{\"command\": \"" + name + "\", \"arguments\": " + read(arguments) + "}";
    }

    private static String field(String json, String name) {
        String start = "\"" + name + "\":\"";
        int from = json.indexOf(start) + start.length();
        return json.substring(from, json.indexOf('"', from));
    }

    private static String published(String file) throws IOException {
        return BLANKS.matcher(read(file)).replaceAll("");
    }

    private static String read(String file) throws IOException {
        try (InputStream in = Objects.requireNonNull(PublishedExamplesTest.class.getResourceAsStream("/web-eid/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
