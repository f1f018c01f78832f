package antin.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Thunderbird without a window, with a profile of its own, spoken to over its Marionette port. What it would open in a browser is written
 * down in place of that.
 */
final class Thunderbird implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern VALUE = Pattern.compile("^\\[1,\\d+,null,\\{\"value\":(?:\"(.*)\"|null)}]$", Pattern.DOTALL);

    private final Process process;
    private final Socket socket;
    private final InputStream in;
    private final Path links;
    private int last;

    private Thunderbird(Process process, Socket socket, Path links) throws IOException {
        this.process = process;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.links = links;
        read();
        tell("WebDriver:NewSession", "{}");
        tell("Marionette:SetContext", "{\"value\":\"chrome\"}");
    }

    static Thunderbird start() throws Exception {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target").toAbsolutePath()), "thunderbird-");
        Path profile = Files.createDirectories(folder.resolve("profile"));
        Path links = Files.createFile(folder.resolve("links"));
        int port = freePort();
        Files.writeString(profile.resolve("user.js"), """
            user_pref("marionette.port", %d);
            user_pref("mail.provider.suppress_dialog_on_startup", true);
            user_pref("mailnews.start_page.enabled", false);
            user_pref("mail.rights.version", 1);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("app.update.auto", false);
            user_pref("services.settings.server", "data:,");
            """.formatted(port));
        Path browser = Files.writeString(folder.resolve("browser"), "#!/bin/sh\necho \"$1\" >>" + links + "\n");
        Files.setPosixFilePermissions(browser, PosixFilePermissions.fromString("rwx------"));
        Path applications = Files.createDirectories(folder.resolve(".local/share/applications"));
        Files.writeString(applications.resolve("browser.desktop"), "[Desktop Entry]\nType=Application\nName=Browser\nExec=" + browser + " %u\nMimeType=x-scheme-handler/https;\n");
        Files.writeString(Files.createDirectories(folder.resolve(".config")).resolve("mimeapps.list"), "[Default Applications]\nx-scheme-handler/https=browser.desktop\n");
        ProcessBuilder builder = new ProcessBuilder("thunderbird", "--headless", "--no-remote", "--marionette", "--remote-allow-system-access", "--profile", profile.toString())
            .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CONFIG_HOME", folder.resolve(".config").toString());
        builder.environment().put("XDG_DATA_HOME", folder.resolve(".local/share").toString());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return Assumptions.abort("thunderbird is not installed: " + e.getMessage());
        }
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                Socket socket = new Socket("127.0.0.1", port);
                socket.setSoTimeout((int) PATIENCE.toMillis());
                return new Thunderbird(process, socket, links);
            } catch (IOException e) {
                assertThat(process.isAlive() && Instant.now().isBefore(end)).as(Files.readString(folder.resolve("log"))).isTrue();
                Thread.sleep(200);
            }
        }
    }

    void install(Path addOn) throws IOException {
        tell("Addon:Install", "{\"path\":" + Chromium.quoted(addOn.toString()) + ",\"temporary\":true}");
    }

    /** What a script of its own says, as text; empty for nothing. It may await. */
    String run(String script) throws IOException {
        String whole = "const done = arguments[arguments.length - 1]; (async () => {" + script
            + "})().then(value => done(encodeURIComponent(String(value ?? ''))), wrong => done('wrong%20' + encodeURIComponent(String(wrong) + ' ' + (wrong?.stack ?? ''))));";
        String answer = tell("WebDriver:ExecuteAsyncScript", "{\"script\":" + Chromium.quoted(whole) + ",\"args\":[],\"scriptTimeout\":60000}");
        Matcher value = VALUE.matcher(answer);
        assertThat(value.matches()).as(answer).isTrue();
        String text = URLDecoder.decode(value.group(1).replace("+", "%2B"), StandardCharsets.UTF_8);
        assertThat(text).as(script).doesNotStartWith("wrong ");
        return text;
    }

    /** The links that it would have opened in a browser. */
    List<String> links() throws IOException {
        return Files.readAllLines(links);
    }

    @Override
    public void close() throws Exception {
        socket.close();
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Marionette's frames: the length in octets, a colon, and {@code [0, id, command, parameters]}. */
    private String tell(String command, String parameters) throws IOException {
        byte[] message = ("[0," + ++last + ",\"" + command + "\"," + parameters + "]").getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write((message.length + ":").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(message);
        socket.getOutputStream().flush();
        String answer = read();
        assertThat(answer).as(command).startsWith("[1," + last + ",null,");
        return answer;
    }

    private String read() throws IOException {
        int length = 0;
        for (int digit = in.read(); digit != ':'; digit = in.read()) {
            if (digit < 0) {
                throw new EOFException("Thunderbird hung up");
            }
            length = length * 10 + digit - '0';
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
