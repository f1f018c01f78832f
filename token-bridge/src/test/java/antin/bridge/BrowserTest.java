package antin.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import antin.bridge.message.Json;
import antin.bridge.token.SoftHsm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything between a page and the token, in Chromium: library, extension, native messaging, program, window, SoftHSM. */
class BrowserTest {

    private static final String PIN_WINDOW = "PIN";
    private static final String SIGN = """
        const digest = async (text) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))));
        const { certificate, supportedSignatureAlgorithms } = await bridge.certificate();
        const documents = [];
        for (let i = 0; i < %d; i++) documents.push({ name: `Tờ trình số ${i}`, hash: await digest(`Tờ trình số ${i}`) });
        %s
        return { certificate, ...await bridge.signAll({ certificate, hashFunction: "SHA-256", documents }) };""";

    @TempDir
    private Path folder;
    private Desk desk;
    private SoftHsm hsm;
    private X509Certificate mine;

    @BeforeEach
    void begin() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/chromium")), "SKIPPED: chromium is not installed, and so the extension is NOT TESTED");
        desk = new Desk();
        hsm = new SoftHsm(folder);
        mine = hsm.ec("secp256r1", "Nguyễn Văn An", SoftHsm.SIGNING);
    }

    @AfterEach
    void clear() throws Exception {
        desk.close();
    }

    @Test
    void signsAHundredDocumentsOfAPageWithOnePin() throws Exception {
        try (SecurePage page = new SecurePage(SIGN.formatted(100, ""))) {
            program(page.origin());
            browser(page.origin(), true);
            desk.awaitWindow(PIN_WINDOW);
            desk.type(SoftHsm.PIN);
            desk.press("Return");
            JsonNode result = Json.read(page.result().getBytes(StandardCharsets.UTF_8));
            assertThat(result.get("certificate").binaryValue()).isEqualTo(mine.getEncoded());
            assertThat(result.get("signatures").size()).isEqualTo(100);
            Signature engine = Signature.getInstance("SHA256withECDSAinP1363Format");
            engine.initVerify(mine.getPublicKey());
            engine.update("Tờ trình số 99".getBytes(StandardCharsets.UTF_8));
            assertThat(engine.verify(result.get("signatures").get(99).binaryValue())).isTrue();
        }
    }

    @Test
    void givesUpWhereThePageGoesAway() throws Exception {
        try (SecurePage page = new SecurePage(SIGN.formatted(3, "setTimeout(() => { location = 'about:blank'; }, 4000);"))) {
            program(page.origin());
            browser(page.origin(), true);
            desk.awaitWindow(PIN_WINDOW);
            Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> !desk.sees(PIN_WINDOW));
            assertThat(Files.exists(folder.resolve("logins"))).isFalse();
        }
    }

    @Test
    void tellsThePageWhereTheProgramIsKilled() throws Exception {
        try (SecurePage page = new SecurePage(SIGN.formatted(1, ""))) {
            program(page.origin());
            browser(page.origin(), true);
            desk.awaitWindow(PIN_WINDOW);
            desk.descendants().filter(process -> process.info().command().orElse("").endsWith("/java")).forEach(ProcessHandle::destroyForcibly);
            JsonNode error = Json.read(page.result().getBytes(StandardCharsets.UTF_8)).get("error");
            assertThat(error.get("reason").stringValue()).isEqualTo("program-gone");
            assertThat(error.get("messages").get("vi").stringValue()).contains("Chưa có gì được ký");
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        try (SecurePage page = new SecurePage("return bridge.status();")) {
            browser(page.origin(), true);
            JsonNode error = Json.read(page.result().getBytes(StandardCharsets.UTF_8)).get("error");
            assertThat(error.get("reason").stringValue()).isEqualTo("program-missing");
            assertThat(error.get("messages").get("vi").stringValue()).contains("antin-token-bridge");
        }
        try (SecurePage page = new SecurePage("return bridge.status();")) {
            browser(page.origin(), false);
            assertThat(page.result()).contains("extension-missing");
        }
    }

    /** The program's manifest in the profile, as an installer puts it into the system. */
    private void program(String origin) throws IOException {
        ObjectNode policy = Json.object();
        policy.putArray("modules").add(SoftHsm.LIBRARY.toString());
        policy.putArray("origins").add(origin);
        Files.write(folder.resolve("policy.json"), Json.write(policy));
        Path script = Files.writeString(folder.resolve("host.sh"), "#!/bin/sh\nDISPLAY=%s exec '%s' --enable-native-access=ALL-UNNAMED -Djava.awt.headless=false -cp '%s' antin.bridge.DeskProgram '%s' '%s' \"$@\"\n"
            .formatted(desk.display(), Path.of(System.getProperty("java.home"), "bin", "java"), Desk.classPath(), folder.resolve("policy.json"), folder.resolve("user")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        ObjectNode host = Json.object().put("name", "vn.antin.bridge").put("description", "test").put("path", script.toString()).put("type", "stdio");
        host.putArray("allowed_origins").add("chrome-extension://holkmfkhkceanfgldnilgehligjmmgla/");
        Path hosts = Files.createDirectories(folder.resolve("profile/NativeMessagingHosts"));
        Files.write(hosts.resolve("vn.antin.bridge.json"), Json.write(host));
    }

    private void browser(String url, boolean withExtension) throws IOException {
        List<String> command = new ArrayList<>(List.of("chromium", "--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--password-store=basic", "--disable-dev-shm-usage", "--ignore-certificate-errors",
            "--user-data-dir=" + folder.resolve(withExtension ? "profile" : "bare")));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox"); // its sandbox refuses to be root's
        }
        if (withExtension) {
            command.addAll(List.of("--disable-features=DisableLoadExtensionCommandLineSwitch", "--load-extension=" + Path.of("extension").toAbsolutePath()));
        }
        command.add(url);
        desk.open(folder, command);
    }
}
