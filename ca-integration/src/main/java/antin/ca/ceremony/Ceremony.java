package antin.ca.ceremony;

import antin.ca.CaSettings;
import antin.ca.authority.KeyFile;
import antin.ca.authority.KeyFile.Content;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code seal FILE} and {@code split FILE NEEDED HOLDERS} take the root's key away, under a pass phrase or under shares of one; {@code open FILE} brings it back, and
 * {@code close FILE} takes it away again. See docs/operations/ceremony.md. Nothing is deleted before its copy was opened.
 */
public final class Ceremony {

    public static final String USAGE = "seal FILE | split FILE NEEDED HOLDERS | open FILE | close FILE";
    private static final int SHORTEST = 16;

    /** The people at the terminal. */
    public interface People {

        /** What somebody types, unseen. */
        char[] secret(String question);

        /** To the holder of one share, who alone looks; returns when it is written down. */
        void show(int number, int holders, String share);
    }

    private final KeyFile root;
    private final Path published;
    private final Path opened;
    private final AuditLog audit;
    private final People people;
    private final Consumer<String> progress;

    public Ceremony(CaSettings settings, AuditLog audit, People people, Consumer<String> progress) {
        this.root = settings.authorities().root();
        this.published = settings.tls().resolve("root.pem");
        this.opened = settings.home().resolve("ca/root.opened");
        this.audit = audit;
        this.people = people;
        this.progress = progress;
    }

    public void run(List<String> words) throws IOException, GeneralSecurityException {
        String act = words.isEmpty() ? "" : words.getFirst();
        boolean complete = act.equals("split") ? words.size() == 4 : words.size() == 2 && List.of("seal", "open", "close").contains(act);
        if (!complete) {
            throw new Problem(Kind.MISCONFIGURED, "A ceremony is one of: " + USAGE);
        }
        Path file = Path.of(words.get(1)).toAbsolutePath();
        record(act, "begun", file);
        try {
            switch (act) {
                case "seal" -> seal(file);
                case "split" -> split(file, number(words.get(2)), number(words.get(3)));
                case "open" -> open(file);
                default -> close(file);
            }
            record(act, "done", file);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            record(act, "failed", file);
            throw e;
        }
    }

    private void seal(Path file) throws IOException, GeneralSecurityException {
        Content content = present();
        char[] passPhrase = people.secret("A pass phrase of at least " + SHORTEST + " characters: ");
        char[] again = people.secret("The same again: ");
        try {
            if (passPhrase.length < SHORTEST || !Arrays.equals(passPhrase, again)) {
                throw new Problem(Kind.MISCONFIGURED, "The pass phrases differ, or have fewer than " + SHORTEST + " characters. Nothing was changed.");
            }
            SealedKey.write(file, content, passPhrase);
        } finally {
            Arrays.fill(passPhrase, ' ');
            Arrays.fill(again, ' ');
        }
        forget(file);
    }

    private void split(Path file, int needed, int holders) throws IOException, GeneralSecurityException {
        Content content = present();
        Shares.Split split = Shares.split(needed, holders, new SecureRandom());
        SealedKey.write(file, content, split.passPhrase().toCharArray());
        for (int i = 0; i < holders; i++) {
            people.show(i + 1, holders, split.lines().get(i));
        }
        // What was written down is what counts, not what was shown
        try {
            SealedKey.read(file, shares().toCharArray());
        } catch (Problem e) {
            throw new Problem(e.kind(), e.detail() + " The root's key stays where it was; delete " + file + " and begin again.", e);
        }
        forget(file);
    }

    private void open(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(root.file())) {
            throw new Problem(Kind.MISCONFIGURED, "The root's key is there already: " + root.file() + ".");
        }
        Content content = SealedKey.read(file, secretOf());
        if (!content.chain().equals(PemFile.certificates(published))) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " holds another root than " + published + ".");
        }
        SecretFile.write(opened, sha256(file));
        root.write(content.key(), content.chain());
        progress.accept("ca: the root's key is back in " + root.file() + ". Do what needs it, then run the ceremony close.");
    }

    private void close(Path file) throws IOException, GeneralSecurityException {
        present();
        if (!Files.exists(opened) || !SecretFile.text(opened).equals(sha256(file))) {
            throw new Problem(Kind.MISCONFIGURED, "The file " + file + " is not the one that was opened: nothing was deleted.");
        }
        forget(file);
    }

    private Content present() {
        if (!Files.exists(root.file())) {
            throw new Problem(Kind.MISCONFIGURED, "The root's key is not here: " + root.file() + " is missing.");
        }
        return root.read();
    }

    private void forget(Path file) throws IOException {
        Files.delete(root.file());
        Files.deleteIfExists(opened);
        progress.accept("ca: the root's key is in " + file + " and no more in " + root.file() + ". Copy that file to two media, and keep them apart.");
    }

    /** A pass phrase, or one share after the other. */
    private char[] secretOf() throws IOException, GeneralSecurityException {
        char[] first = people.secret("The pass phrase, or the first share: ");
        return String.valueOf(first).startsWith("antin-share ") ? shares(String.valueOf(first)).toCharArray() : first;
    }

    private String shares() throws IOException, GeneralSecurityException {
        return shares(String.valueOf(people.secret("To check: a first share: ")));
    }

    private String shares(String first) throws IOException, GeneralSecurityException {
        List<String> lines = new ArrayList<>(List.of(first));
        int needed = Shares.needed(first);
        while (lines.size() < needed) {
            lines.add(String.valueOf(people.secret("Another share (" + (needed - lines.size()) + " to come): ")));
        }
        return Shares.join(lines);
    }

    private void record(String act, String outcome, Path file) {
        audit.record(new AuditEvent("root." + act, outcome, "ceremony", "ca", Map.of("file", file.toString())));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new Problem(Kind.MISCONFIGURED, "A ceremony is one of: " + USAGE, e);
        }
    }

    private static String sha256(Path file) throws IOException, GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
