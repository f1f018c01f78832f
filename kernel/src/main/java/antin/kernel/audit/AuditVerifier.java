package antin.kernel.audit;

import antin.kernel.tls.PemFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Checks logs without trusting who wrote them: every line against the one before it, and every signed head against the
 * line it names. A last line without a line end was never promised to anybody and is passed over.
 */
public final class AuditVerifier {

    /**
     * What a check of one log found.
     *
     * @param lines   whole lines that fit
     * @param heads   signed heads that fit
     * @param finding the first thing wrong, as a sentence that names the line; empty where all is intact
     */
    public record Verdict(String process, long lines, long heads, Optional<String> finding) {
    }

    private final Path folder;
    private final List<X509Certificate> trusted;

    /** {@code internalCa} is the certificate file of the internal CA, which certifies the processes that sign heads. */
    public AuditVerifier(Path folder, Path internalCa) {
        this.folder = folder;
        this.trusted = PemFile.certificates(internalCa);
    }

    /** One verdict for each log or heads file in the folder, by name. */
    public List<Verdict> verifyAll() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).filter(name -> name.endsWith(".log") || name.endsWith(".heads"))
                .map(name -> name.substring(0, name.lastIndexOf('.'))).distinct().sorted().map(this::verify).toList();
        }
    }

    /** Checks the log of one process. */
    public Verdict verify(String process) {
        long lines = 0;
        long heads = 0;
        try {
            Map<Long, String> promised = new TreeMap<>();
            Path headsFile = folder.resolve(process + ".heads");
            if (Files.exists(headsFile)) {
                for (String line : wholeLines(headsFile)) {
                    heads++;
                    AuditHead head = SignedHead.check(line, process, trusted)
                        .orElseThrow(() -> new BadLine("is a head that is not signed by " + process));
                    promised.put(head.sequence(), head.hash());
                }
            }
            lines = checkChain(process, promised);
            return new Verdict(process, lines, heads, Optional.empty());
        } catch (BadLine e) {
            return new Verdict(process, lines, heads, Optional.of(e.at(process, heads)));
        } catch (MalformedInputException e) {
            return new Verdict(process, lines, heads, Optional.of(process + ".log holds bytes that are not UTF-8."));
        } catch (IOException e) {
            return new Verdict(process, lines, heads, Optional.of("The files of " + process + " cannot be read."));
        }
    }

    private long checkChain(String process, Map<Long, String> promised) throws IOException, BadLine {
        long number = 0;
        String previous = AuditChain.ORIGIN;
        Path file = folder.resolve(process + ".log");
        boolean torn = Files.exists(file) && !endsWithLineEnd(file);
        try (BufferedReader reader = Files.exists(file) ? Files.newBufferedReader(file) : new BufferedReader(BufferedReader.nullReader())) {
            String line = reader.readLine();
            while (line != null) {
                String next = reader.readLine();
                if (next == null && torn) {
                    break;
                }
                number++;
                previous = checkLine(line, number, previous);
                String head = promised.remove(number);
                if (head != null && !head.equals(previous)) {
                    throw new BadLine(number, "does not fit the head that was signed for it: the log was made anew");
                }
                line = next;
            }
        }
        for (Long missing : promised.keySet()) {
            if (missing > 0) {
                throw new BadLine(number + 1, "is missing: a signed head names line " + missing);
            }
        }
        return number;
    }

    private static String checkLine(String line, long number, String previous) throws BadLine {
        if (line.length() < AuditChain.HASH_LENGTH + 2 || line.charAt(AuditChain.HASH_LENGTH) != ' ') {
            throw new BadLine(number, "is not a line of an audit log");
        }
        String json = line.substring(AuditChain.HASH_LENGTH + 1);
        String hash = AuditChain.link(previous, json);
        if (!line.startsWith(hash)) {
            throw new BadLine(number, "does not follow from the line before it");
        }
        if (!json.startsWith("{\"seq\":" + number + ",")) {
            throw new BadLine(number, "has another number than its place");
        }
        return hash;
    }

    private static List<String> wholeLines(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    private static boolean endsWithLineEnd(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            if (channel.size() == 0) {
                return true;
            }
            channel.position(channel.size() - 1);
            var last = java.nio.ByteBuffer.allocate(1);
            return channel.read(last) == 1 && last.get(0) == '\n';
        }
    }

    /** The first line that does not fit. */
    private static final class BadLine extends Exception {

        private final long number;
        private final String what;

        BadLine(String what) {
            this(0, what);
        }

        BadLine(long number, String what) {
            super(what);
            this.number = number;
            this.what = what;
        }

        String at(String process, long heads) {
            return number == 0 ? "Line " + heads + " of " + process + ".heads " + what + "."
                : "Line " + number + " of " + process + ".log " + what + ".";
        }
    }
}
