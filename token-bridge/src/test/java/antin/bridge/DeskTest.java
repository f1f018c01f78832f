package antin.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import antin.bridge.message.Json;
import antin.bridge.token.SoftHsm;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The program's own process, its windows on a screen, keys pressed from outside, and the card before SoftHSM. */
class DeskTest {

    private static final String ORIGIN = "https://ky.example.gov.vn";
    private static final String EXTENSION = "chrome-extension://holkmfkhkceanfgldnilgehligjmmgla/";
    private static final String ORIGIN_WINDOW = "allow a page";
    private static final String PIN_WINDOW = "PIN";

    @TempDir
    private Path folder;
    private Desk desk;
    private SoftHsm hsm;
    private X509Certificate mine;

    @BeforeEach
    void begin() throws Exception {
        desk = new Desk();
        hsm = new SoftHsm(folder);
        mine = hsm.ec("secp256r1", "Nguyễn Văn An", SoftHsm.SIGNING);
        ObjectNode policy = Json.object();
        policy.putArray("modules").add(hsm.card().toString());
        policy.putArray("origins").add("https://known.example.gov.vn");
        Files.write(folder.resolve("policy.json"), Json.write(policy));
    }

    @AfterEach
    void clear() throws Exception {
        desk.close();
    }

    @Test
    void signsThreeDocumentsWithOnePinTypedIntoTheWindow() throws Exception {
        Process program = start();
        ask(program, "sign-all", signAll(ORIGIN));
        desk.awaitWindow(ORIGIN_WINDOW);
        desk.press("shift+Tab", "space");
        desk.awaitWindow(PIN_WINDOW);
        desk.press("Return"); // an empty PIN: nothing happens
        desk.type("123");
        desk.press("Return"); // shorter than the token's shortest: nothing happens
        assertThat(desk.sees(PIN_WINDOW)).isTrue();
        assertThat(Files.exists(folder.resolve("logins"))).isFalse();
        desk.press("BackSpace", "BackSpace", "BackSpace");
        desk.type(SoftHsm.PIN);
        desk.press("Return");
        JsonNode answer = answer(program);
        assertThat(answer.get("signatures").size()).isEqualTo(3);
        Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format");
        engine.initVerify(mine.getPublicKey());
        engine.update("Tờ trình 2".getBytes(StandardCharsets.UTF_8));
        assertThat(engine.verify(answer.get("signatures").get(2).binaryValue())).isTrue();
        assertThat(Files.readString(folder.resolve("logins"))).isEqualTo("8\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("user/origins.json")))).isEqualTo("rw-------");
        assertEndsWithThePipe(program);
    }

    @Test
    void asksAgainAfterAWrongPin() throws Exception {
        Process program = start();
        ask(program, "sign-all", signAll("https://known.example.gov.vn"));
        desk.awaitWindow(PIN_WINDOW);
        desk.type("11112222");
        desk.press("Return");
        Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> hsm.number("tries") == 1);
        desk.awaitWindow(PIN_WINDOW);
        desk.press("Escape");
        assertThat(answer(program).get("error").get("code").stringValue()).isEqualTo("ERR_WEBEID_USER_CANCELLED");
        assertThat(hsm.number("tries")).isOne();
        assertEndsWithThePipe(program);
    }

    @Test
    void endsWithTheBrowserWhileItAsks() throws Exception {
        Process program = start();
        ask(program, "sign-all", signAll("https://known.example.gov.vn"));
        desk.awaitWindow(PIN_WINDOW);
        assertEndsWithThePipe(program);
        assertThat(desk.sees(PIN_WINDOW)).isFalse();
        assertThat(Files.exists(folder.resolve("logins"))).isFalse();
    }

    @Test
    void letsOnePageAskAtATimeAndTheNextAfterAKill() throws Exception {
        Process first = start();
        ask(first, "sign-all", signAll("https://known.example.gov.vn"));
        desk.awaitWindow(PIN_WINDOW);
        Process second = start();
        ask(second, "sign-all", signAll("https://known.example.gov.vn"));
        JsonNode refused = answer(second).get("error");
        assertThat(refused.get("reason").stringValue()).isEqualTo("busy");
        assertThat(refused.get("messages").get("vi").stringValue()).startsWith("Một trang khác");
        first.destroyForcibly();
        assertThat(first.waitFor(5, TimeUnit.SECONDS)).isTrue();
        ask(second, "sign-all", signAll("https://known.example.gov.vn"));
        desk.awaitWindow(PIN_WINDOW);
        desk.type(SoftHsm.PIN);
        desk.press("Return");
        assertThat(answer(second).get("signatures").size()).isEqualTo(3);
        assertEndsWithThePipe(second);
    }

    @Test
    void saysSoWhereThereIsNoScreen() throws Exception {
        Process program = desk.startWithoutScreen(folder, EXTENSION);
        answer(program);
        ask(program, "sign-all", signAll("https://known.example.gov.vn"));
        assertThat(answer(program).get("error").get("reason").stringValue()).isEqualTo("no-window");
        assertEndsWithThePipe(program);
    }

    @Test
    void endsAfterAMessageThatIsTooLarge() throws Exception {
        Process program = start();
        program.getOutputStream().write(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(8193).array());
        program.getOutputStream().flush();
        assertThat(answer(program).get("error").get("reason").stringValue()).isEqualTo("message-too-large");
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void doesNothingForAForeignExtension() throws Exception {
        for (String[] caller : new String[][] {{"chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"}, {"/usr/lib/mozilla/native-messaging-hosts/vn.antin.bridge.json", "someone@example.com"}, {}}) {
            Process program = desk.start(folder, caller);
            answer(program);
            assertThat(answer(program).get("error").get("reason").stringValue()).isEqualTo("foreign-extension");
            assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void doesNothingUnderAPolicyThatIsHalfUnderstood() throws Exception {
        Files.writeString(folder.resolve("policy.json"), "{\"orgins\": [\"https://ky.example.gov.vn\"]}");
        Process program = desk.start(folder, EXTENSION);
        answer(program);
        assertThat(answer(program).get("error").get("reason").stringValue()).isEqualTo("policy-unreadable");
        assertThat(program.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private Process start() throws IOException {
        Process program = desk.start(folder, EXTENSION);
        assertThat(answer(program).get("version").stringValue()).isEqualTo("2.8.0");
        return program;
    }

    private static void assertEndsWithThePipe(Process program) throws Exception {
        program.getOutputStream().close();
        assertThat(program.waitFor(5, TimeUnit.SECONDS)).isTrue();
        assertThat(program.descendants()).isEmpty();
        assertThat(program.exitValue()).isZero();
    }

    private ObjectNode signAll(String origin) throws Exception {
        ObjectNode arguments = Json.object().put("origin", origin).put("certificate", mine.getEncoded()).put("hashFunction", "SHA-256");
        ArrayNode documents = arguments.putArray("documents");
        for (int i = 0; i < 3; i++) {
            documents.addObject().put("name", "Tờ trình " + i).put("hash", MessageDigest.getInstance("SHA-256").digest(("Tờ trình " + i).getBytes(StandardCharsets.UTF_8)));
        }
        return arguments;
    }

    private static void ask(Process program, String command, ObjectNode arguments) throws IOException {
        ObjectNode message = Json.object().put("command", command);
        message.set("arguments", arguments);
        program.getOutputStream().write(Pipes.frame(new String(Json.write(message), StandardCharsets.UTF_8)));
        program.getOutputStream().flush();
    }

    private static JsonNode answer(Process program) throws IOException {
        DataInputStream in = new DataInputStream(program.getInputStream());
        byte[] length = new byte[4];
        in.readFully(length);
        return Json.read(in.readNBytes(ByteBuffer.wrap(length).order(ByteOrder.nativeOrder()).getInt()));
    }
}
