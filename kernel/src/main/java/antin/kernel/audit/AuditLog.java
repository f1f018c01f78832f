package antin.kernel.audit;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The append-only log of one process, {@code FOLDER/PROCESS.log}: a line is the chain's hash, a space, and the event in
 * JSON. {@link #record} returns when the line is on disk; lines that wait together share one fsync. Safe for use by
 * many threads; one process only (the file is locked). A log that cannot be written refuses every further act.
 */
public final class AuditLog implements AutoCloseable {

    private record Waiting(AuditEvent event, CompletableFuture<AuditHead> done) {
    }

    private static final Waiting STOP = new Waiting(new AuditEvent("", "", "", ""), new CompletableFuture<>());

    private final Clock clock;
    private final FileChannel channel;
    private final FileLock lock;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(10_000);
    private final Thread writer;
    private volatile AuditHead head;
    private volatile boolean open = true;

    private AuditLog(FileChannel channel, FileLock lock, AuditHead head, Clock clock, String process) {
        this.channel = channel;
        this.lock = lock;
        this.head = head;
        this.clock = clock;
        this.writer = new Thread(this::writeUntilStopped, "audit-" + process);
        writer.setDaemon(true);
        writer.start();
    }

    /** Opens or begins the log of {@code process}. A last line cut off by a crash, which nobody was told is kept, is removed. */
    public static AuditLog open(Path folder, String process, Clock clock) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(process + ".log");
        FileChannel channel = FileChannel.open(file,
            Set.copyOf(EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            throw new Problem(Kind.MISCONFIGURED, "Another process writes the audit log " + file + ".");
        }
        AuditHead head = AuditTail.recover(channel, file);
        return new AuditLog(channel, lock, head, clock, process);
    }

    /** Returns when the event is durable. */
    public AuditHead record(AuditEvent event) {
        Waiting waiting = new Waiting(event, new CompletableFuture<>());
        try {
            if (!open) {
                throw new Problem(Kind.INTERNAL, "The audit log is closed.");
            }
            queue.put(waiting);
            return waiting.done.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.INTERNAL, "Interrupted before the audit line was kept.", e);
        } catch (CompletionException e) {
            throw new Problem(Kind.INTERNAL, "The audit log cannot be written.", e.getCause());
        }
    }

    /** The last durable line. */
    public AuditHead head() {
        return head;
    }

    @Override
    public void close() throws IOException {
        open = false;
        queue.add(STOP);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.release();
        channel.close();
    }

    private void writeUntilStopped() {
        List<Waiting> group = new ArrayList<>();
        boolean stopping = false;
        while (!stopping) {
            group.clear();
            try {
                group.add(queue.take());
            } catch (InterruptedException e) {
                return;
            }
            queue.drainTo(group, 999);
            stopping = group.remove(STOP);
            write(group);
        }
    }

    private void write(List<Waiting> group) {
        if (group.isEmpty()) {
            return;
        }
        List<AuditHead> heads = new ArrayList<>(group.size());
        try {
            if (!open && !channel.isOpen()) {
                throw new IOException("closed");
            }
            StringBuilder lines = new StringBuilder();
            AuditHead last = head;
            for (Waiting waiting : group) {
                long sequence = last.sequence() + 1;
                String json = waiting.event.json(sequence, clock.instant().toString());
                last = new AuditHead(sequence, AuditChain.link(last.hash(), json));
                lines.append(last.hash()).append(' ').append(json).append('\n');
                heads.add(last);
            }
            append(lines);
            head = last;
        } catch (IOException | RuntimeException e) {
            open = false; // what is on disk is unknown now: only a new start, which reads it, may go on
            group.forEach(waiting -> waiting.done.completeExceptionally(e));
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            group.get(i).done.complete(heads.get(i));
        }
    }

    private void append(StringBuilder lines) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8));
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(false);
    }
}
