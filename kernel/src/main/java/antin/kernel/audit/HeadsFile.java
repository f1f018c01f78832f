package antin.kernel.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the heads of one process, line by line, and believes what is signed and stamped. */
final class HeadsFile {

    /** Clocks of two machines differ by less; a stamp is had right after its head is signed, or never. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private final String process;
    private final List<X509Certificate> trusted;
    private final Optional<StampCheck> stampCheck;
    private final Map<Long, String> promised = new TreeMap<>();
    private long lines;
    private long heads;
    private long stamps;
    private Optional<Instant> lastStamp = Optional.empty();
    private Optional<SignedHead> before = Optional.empty();
    private String lineBefore = "";

    HeadsFile(String process, List<X509Certificate> trusted, Optional<StampCheck> stampCheck) {
        this.process = process;
        this.trusted = trusted;
        this.stampCheck = stampCheck;
    }

    /** A last line without a line end was never promised to anybody. */
    void read(Path file) throws IOException, BadLine {
        String text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            lines++;
            if (AuditStamp.isOne(line)) {
                if (stampCheck.isPresent()) {
                    checkStamp(line, stampCheck.get());
                }
            } else {
                checkHead(line);
            }
        }
    }

    /** The hash of the log's line with that number, by each head. */
    Map<Long, String> promised() {
        return promised;
    }

    long heads() {
        return heads;
    }

    long stamps() {
        return stamps;
    }

    /** The newest stamp's time. */
    Optional<Instant> lastStamp() {
        return lastStamp;
    }

    private void checkHead(String line) throws BadLine {
        SignedHead signed = SignedHead.check(line, process, trusted).orElseThrow(() -> bad("is a head that is not signed by " + process));
        heads++;
        promised.put(signed.head().sequence(), signed.head().hash());
        before = Optional.of(signed);
        lineBefore = line;
    }

    private void checkStamp(String line, StampCheck check) throws BadLine {
        SignedHead head = before.orElseThrow(() -> bad("is a time stamp of no head"));
        Instant time = stampTime(line, head, check).orElseThrow(() -> bad("is a time stamp that does not fit the head before it"));
        if (Duration.between(head.time(), time).abs().compareTo(CLOCKS_DIFFER) > 0) {
            throw bad("says " + time + ", and the head before it says " + head.time());
        }
        stamps++;
        lastStamp = Optional.of(time);
        before = Optional.empty();
    }

    private Optional<Instant> stampTime(String line, SignedHead head, StampCheck check) {
        try {
            AuditStamp stamp = AuditStamp.read(line);
            return stamp.process().equals(process) && stamp.sequence() == head.head().sequence()
                ? check.time(AuditStamp.imprint(lineBefore), stamp.response()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private BadLine bad(String what) {
        return new BadLine(process + ".heads", lines, what);
    }
}
