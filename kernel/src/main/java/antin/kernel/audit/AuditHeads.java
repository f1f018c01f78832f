package antin.kernel.audit;

import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs how far the log has come, each minute in which it grew, into {@code FOLDER/PROCESS.heads}: a line holds sequence,
 * hash, time, signature (ECDSA with SHA-256, base64) and the certificate (DER, base64). So a log that was cut short or
 * made anew does not fit its heads. The line after it is a time stamp of the head's line, where one was to be had: so nobody
 * who holds the process's key makes heads for times gone by.
 */
public final class AuditHeads implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditHeads.class);

    private final AuditLog log;
    private final Path file;
    private final String process;
    private final InternalIdentity identity;
    private final TimeStamps stamps;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private long signed;
    private long stamped;

    public AuditHeads(AuditLog log, Path folder, String process, InternalIdentity identity, TimeStamps stamps, Clock clock) {
        this.log = log;
        this.file = folder.resolve(process + ".heads");
        this.process = process;
        this.identity = identity;
        this.stamps = stamps;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "audit-heads-" + process);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins: a head at once, then one each minute. */
    public AuditHeads start() {
        var unused = timer.scheduleWithFixedDelay(this::signQuietly, 0, 1, TimeUnit.MINUTES);
        return this;
    }

    /** Signs the present head unless the last one signed is the same, and has it stamped; one that got no stamp is signed anew when it can have one. */
    public synchronized void sign() throws IOException, GeneralSecurityException {
        AuditHead head = log.head();
        if (head.sequence() == stamped) {
            return;
        }
        String statement = statement(process, head, clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        TlsIdentity.Content own = identity.own().current();
        signature.initSign(own.key());
        signature.update(statement.getBytes(StandardCharsets.UTF_8));
        Base64.Encoder base64 = Base64.getEncoder();
        String line = statement + ' ' + base64.encodeToString(signature.sign()) + ' '
            + base64.encodeToString(own.certificate().getEncoded());
        boolean again = head.sequence() == signed;
        if (!again) {
            append(line);
            signed = head.sequence();
        }
        Optional<byte[]> stamp = stamps.stamp(AuditStamp.imprint(line));
        if (stamp.isEmpty()) {
            return;
        }
        if (again) {
            append(line);
        }
        append(AuditStamp.line(process, head, stamp.get()));
        // The lines that this very stamp made are no reason for a head a minute later, and so on for ever.
        boolean onlyStamp = log.head().sequence() == head.sequence() + stamps.linesEach();
        stamped = onlyStamp ? log.head().sequence() : head.sequence();
        signed = stamped;
    }

    private void append(String line) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(AuditTail.wholeLines(channel)); // a crash may have left half a line
            channel.truncate(channel.position());
            ByteBuffer rest = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(false);
        }
    }

    static String statement(String process, AuditHead head, String time) {
        return "antin-audit-head " + process + ' ' + head.sequence() + ' ' + head.hash() + ' ' + time;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        try {
            sign();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void signQuietly() {
        try {
            sign();
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.error("The audit head of {} could not be signed; it is tried again in a minute", process, e);
        }
    }
}
