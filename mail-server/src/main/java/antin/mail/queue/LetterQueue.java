package antin.mail.queue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.mail.MessagingException;
import javax.sql.DataSource;
import org.apache.james.queue.api.MailQueue;
import org.apache.james.queue.api.MailQueueName;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageInputStream;
import org.apache.james.server.core.MimeMessageInputStreamSource;
import org.apache.mailet.Mail;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One queue. A letter is on disk when {@link #enQueue} returns, and its row goes when the processing says it is done: at
 * least once over a crash, exactly once without one. One mail-server works on a database. Safe for use by many threads.
 */
public final class LetterQueue implements MailQueue {

    private static final Logger LOG = LoggerFactory.getLogger(LetterQueue.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2); // for delayed letters; new ones wake the reader
    private static final Duration AFTER_REJECTION = Duration.ofMinutes(1);
    /** Letters in memory at once, in bytes: each is copied a few times on its way to the mailbox. */
    private static final int BYTES_IN_FLIGHT = 48 << 20;

    private static final String PUT = "INSERT INTO mail_queue (queue, name, due, envelope, message)"
        + " VALUES (?, ?, now() + ? * interval '1 ms', ?::jsonb, ?)";
    private static final String TAKE = "UPDATE mail_queue SET taken_until = now() + interval '1 hour' WHERE id = (SELECT id FROM mail_queue"
        + " WHERE queue = ? AND due <= now() AND (taken_until IS NULL OR taken_until < now()) ORDER BY due, id LIMIT 1 FOR UPDATE SKIP LOCKED)"
        + " RETURNING id, name, envelope::text, message";
    private static final String RELEASE = "UPDATE mail_queue SET taken_until = NULL, due = now() + ? * interval '1 ms' WHERE id = ?";
    private static final String REMOVE = "DELETE FROM mail_queue WHERE id = ?";

    private final MailQueueName name;
    private final DataSource connections;
    private final Semaphore arrivals = new Semaphore(0);
    private final Semaphore room = new Semaphore(BYTES_IN_FLIGHT);
    private final Queue<Long> forgotten = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    LetterQueue(MailQueueName name, DataSource connections) {
        this.name = name;
        this.connections = connections;
    }

    @Override
    public MailQueueName getName() {
        return name;
    }

    @Override
    public void enQueue(Mail mail) throws MailQueueException {
        enQueue(mail, Duration.ZERO);
    }

    @Override
    public void enQueue(Mail mail, Duration delay) throws MailQueueException {
        try (Connection connection = connections.getConnection(); PreparedStatement put = connection.prepareStatement(PUT)) {
            put.setString(1, name.asString());
            put.setString(2, mail.getName());
            put.setLong(3, Math.max(0, delay.toMillis()));
            put.setString(4, Envelope.write(mail));
            put.setBytes(5, message(mail));
            put.executeUpdate();
        } catch (SQLException | MessagingException | IOException e) {
            throw new MailQueueException("The letter " + mail.getName() + " was not queued.", e);
        }
        arrivals.release();
    }

    @Override
    public Publisher<Void> enqueueReactive(Mail mail) {
        return Mono.fromCallable(() -> {
            enQueue(mail);
            return null;
        });
    }

    @Override
    public Flux<MailQueueItem> deQueue() {
        return Flux.generate(sink -> {
            MailQueueItem item = next();
            if (item == null) {
                sink.complete();
            } else {
                sink.next(item);
            }
        });
    }

    @Override
    public void close() {
        open = false;
        arrivals.release();
    }

    /** Waits for the next letter; null when the queue closes. A database that is away is waited for. */
    private @Nullable MailQueueItem next() {
        try {
            while (open) {
                try {
                    MailQueueItem item = take();
                    if (item != null) {
                        return item;
                    }
                } catch (SQLException | MessagingException | IOException e) {
                    LOG.warn("The queue {} cannot be read; trying again", name.asString(), e);
                }
                if (arrivals.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    arrivals.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private @Nullable MailQueueItem take() throws SQLException, MessagingException, IOException, InterruptedException {
        try (Connection connection = connections.getConnection()) {
            for (Long id = forgotten.peek(); id != null; id = forgotten.peek()) {
                release(connection, id, AFTER_REJECTION);
                forgotten.remove(id);
            }
            try (PreparedStatement take = connection.prepareStatement(TAKE)) {
                take.setString(1, name.asString());
                try (ResultSet row = take.executeQuery()) {
                    return row.next() ? item(row.getLong(1), row.getString(2), row.getString(3), row.getBytes(4)) : null;
                }
            }
        }
    }

    private MailQueueItem item(long id, String mailName, String envelope, byte[] message) throws MessagingException, IOException, InterruptedException {
        int bytes = Math.min(message.length, BYTES_IN_FLIGHT);
        room.acquire(bytes);
        try {
            MailImpl mail = Envelope.read(mailName, envelope);
            mail.setMessageContent(MimeMessageInputStreamSource.create(mailName, new ByteArrayInputStream(message)));
            return new Taken(id, bytes, mail);
        } catch (MessagingException | RuntimeException e) {
            room.release(bytes);
            forgotten.add(id);
            throw e;
        }
    }

    private static byte[] message(Mail mail) throws MessagingException, IOException {
        // As it came: writeTo would write the header anew, and spoil UTF-8 in it.
        try (InputStream letter = new MimeMessageInputStream(mail.getMessage())) {
            return letter.readAllBytes();
        }
    }

    private static void release(Connection connection, long id, Duration delay) throws SQLException {
        try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
            release.setLong(1, delay.toMillis());
            release.setLong(2, id);
            release.executeUpdate();
        }
    }

    private final class Taken implements MailQueueItem {

        private final long id;
        private final int bytes;
        private final Mail mail;
        private final AtomicBoolean counted = new AtomicBoolean(true);

        Taken(long id, int bytes, Mail mail) {
            this.id = id;
            this.bytes = bytes;
            this.mail = mail;
        }

        @Override
        public Mail getMail() {
            return mail;
        }

        @Override
        public void done(CompletionStatus status) throws MailQueueException {
            if (counted.getAndSet(false)) {
                room.release(bytes);
            }
            try (Connection connection = connections.getConnection()) {
                switch (status) {
                    case SUCCESS -> remove(connection);
                    case RETRY -> release(connection, id, Duration.ZERO);
                    case REJECT -> release(connection, id, AFTER_REJECTION);
                }
            } catch (SQLException e) {
                forgotten.add(id);
                throw new MailQueueException("The letter " + mail.getName() + " stays in the queue and is processed again.", e);
            }
        }

        private void remove(Connection connection) throws SQLException {
            try (PreparedStatement remove = connection.prepareStatement(REMOVE)) {
                remove.setLong(1, id);
                remove.executeUpdate();
            }
        }
    }
}
