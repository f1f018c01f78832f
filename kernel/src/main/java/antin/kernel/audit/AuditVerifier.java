package antin.kernel.audit;

import antin.kernel.tls.PemFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks logs without trusting who wrote them: every line against the one before it, and every signed head against the
 * line it names, every stamp against its head. A last line without a line end was never promised to anybody and is passed over.
 */
public final class AuditVerifier {

    /**
     * What a check of one log found.
     *
     * @param lines   whole lines that fit
     * @param heads   signed heads that fit
     * @param stamps  how many of the heads have a time stamp that fits; none where no stamp was looked at
     * @param stamped the newest stamp's time: so old at least is what the head before it covers
     * @param finding the first thing wrong, as a sentence that names the line; empty where all is intact
     */
    public record Verdict(String process, long lines, long heads, long stamps, Optional<Instant> stamped, Optional<String> finding) {
    }

    private final Path folder;
    private final List<X509Certificate> trusted;
    private final Optional<StampCheck> stampCheck;

    /** Passes over time stamps. {@code internalCa} is the certificate file of the internal CA, which certifies the processes that sign heads. */
    public AuditVerifier(Path folder, Path internalCa) {
        this(folder, internalCa, Optional.empty());
    }

    public AuditVerifier(Path folder, Path internalCa, StampCheck stampCheck) {
        this(folder, internalCa, Optional.of(stampCheck));
    }

    private AuditVerifier(Path folder, Path internalCa, Optional<StampCheck> stampCheck) {
        this.folder = folder;
        this.stampCheck = stampCheck;
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
        HeadsFile heads = new HeadsFile(process, trusted, stampCheck);
        try {
            heads.read(folder.resolve(process + ".heads"));
            return verdict(process, checkChain(process, heads.promised()), heads, Optional.empty());
        } catch (BadLine e) {
            return verdict(process, 0, heads, Optional.of(e.finding()));
        } catch (MalformedInputException e) {
            return verdict(process, 0, heads, Optional.of("The files of " + process + " hold bytes that are not UTF-8."));
        } catch (IOException e) {
            return verdict(process, 0, heads, Optional.of("The files of " + process + " cannot be read."));
        }
    }

    private static Verdict verdict(String process, long lines, HeadsFile heads, Optional<String> finding) {
        return new Verdict(process, lines, heads.heads(), heads.stamps(), heads.lastStamp(), finding);
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
                previous = checkLine(process + ".log", line, number, previous);
                String head = promised.remove(number);
                if (head != null && !head.equals(previous)) {
                    throw new BadLine(process + ".log", number, "does not fit the head that was signed for it: the log was made anew");
                }
                line = next;
            }
        }
        for (Long missing : promised.keySet()) {
            if (missing > 0) {
                throw new BadLine(process + ".log", number + 1, "is missing: a signed head names line " + missing);
            }
        }
        return number;
    }

    private static String checkLine(String file, String line, long number, String previous) throws BadLine {
        if (line.length() < AuditChain.HASH_LENGTH + 2 || line.charAt(AuditChain.HASH_LENGTH) != ' ') {
            throw new BadLine(file, number, "is not a line of an audit log");
        }
        String json = line.substring(AuditChain.HASH_LENGTH + 1);
        String hash = AuditChain.link(previous, json);
        if (!line.startsWith(hash)) {
            throw new BadLine(file, number, "does not follow from the line before it");
        }
        if (!json.startsWith("{\"seq\":" + number + ",")) {
            throw new BadLine(file, number, "has another number than its place");
        }
        return hash;
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
}
