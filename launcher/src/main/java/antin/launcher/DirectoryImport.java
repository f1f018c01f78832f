package antin.launcher;

import antin.kernel.Problem;
import antin.kernel.internal.PeerClient;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code ./antin admin import FILE...}: the backbone imports units and people, and this shows how far it is. Leaving does not stop it. */
final class DirectoryImport implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(500);
    /** A backbone that restarts, and takes the import up again where it was, is waited for. */
    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(2);

    private final PeerClient backbone;
    private final Console console;

    DirectoryImport(Installation installation, int port, Console console) {
        InternalIdentity identity = InternalIdentity.read(installation.home().resolve("tls/internal"), "launcher");
        this.backbone = new PeerClient(URI.create("https://localhost:" + port), identity, new PeerName("antin:backbone"));
        this.console = console;
    }

    /** One after the other. Returns 1 where lines were refused. */
    int run(List<String> files, boolean dryRun) throws InterruptedException {
        int refused = 0;
        for (String name : files) {
            Path file = Path.of(name).toAbsolutePath().normalize();
            if (!Files.isRegularFile(file)) {
                throw Refusal.of("There is no file " + file + ".");
            }
            String body = "{\"file\":\"" + file.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\",\"dryRun\":" + dryRun + "}";
            Flat begun = asked("/imports", body);
            refused += follow(file.getFileName().toString(), begun.text("id"));
        }
        return refused == 0 ? 0 : 1;
    }

    @Override
    public void close() {
        backbone.close();
    }

    private int follow(String name, String id) throws InterruptedException {
        Instant answered = Instant.now();
        while (true) {
            Flat progress;
            try {
                progress = asked("/imports/progress", "{\"id\":\"" + id + "\"}");
                answered = Instant.now();
            } catch (Problem away) {
                if (away.kind() != Problem.Kind.PEER_UNAVAILABLE || answered.plus(LONGEST_ABSENCE).isBefore(Instant.now())) {
                    throw away;
                }
                Thread.sleep(PAUSE);
                continue;
            }
            console.bar(name, progress.number("done"), progress.number("lines"));
            String state = progress.text("state");
            if (state.equals("DONE") || state.equals("FAILED")) {
                console.endBar();
                return told(name, progress, state);
            }
            Thread.sleep(PAUSE);
        }
    }

    private int told(String name, Flat progress, String state) {
        if (state.equals("FAILED")) {
            throw Refusal.of("The import of " + name + " stopped: " + progress.text("sentence"));
        }
        int refused = (int) progress.number("refused");
        console.say((progress.text("dryRun").equals("true") ? "would be " : "") + "added " + progress.number("added") + ", changed " + progress.number("changed")
            + ", unchanged " + progress.number("unchanged") + ", refused " + refused);
        if (refused > 0) {
            console.say("  why, by line and column:  " + progress.text("report"));
            console.say("  the lines, to be mended:  " + progress.text("setAside"));
        }
        return refused;
    }

    private Flat asked(String path, String body) {
        HttpResponse<byte[]> answer = backbone.post(path, body.getBytes(StandardCharsets.UTF_8), PATIENCE);
        Flat flat = new Flat(new String(answer.body(), StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw Refusal.of("The backbone refused: " + flat.text("detail", flat.text("title", "status " + answer.statusCode())));
        }
        return flat;
    }
}
