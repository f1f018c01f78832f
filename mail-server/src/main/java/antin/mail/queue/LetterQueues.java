package antin.mail.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.MailQueueName;

/** The queues of this process, by name. What a crashed run had taken is free again from the start. */
public final class LetterQueues implements MailQueueFactory<LetterQueue>, AutoCloseable {

    private final DataSource connections;
    private final Map<MailQueueName, LetterQueue> queues = new ConcurrentHashMap<>();

    public LetterQueues(DataSource connections) throws SQLException {
        this.connections = connections;
        try (Connection connection = connections.getConnection();
                PreparedStatement free = connection.prepareStatement("UPDATE mail_queue SET taken_until = NULL WHERE taken_until IS NOT NULL")) {
            free.executeUpdate();
        }
    }

    @Override
    public Optional<LetterQueue> getQueue(MailQueueName name, PrefetchCount count) {
        return Optional.ofNullable(queues.get(name));
    }

    @Override
    public LetterQueue createQueue(MailQueueName name, PrefetchCount count) {
        return queues.computeIfAbsent(name, unused -> new LetterQueue(name, connections));
    }

    @Override
    public Set<MailQueueName> listCreatedMailQueues() {
        return Set.copyOf(queues.keySet());
    }

    /** Letters that wait or are under way, in all queues. */
    public long size() {
        try (Connection connection = connections.getConnection();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM mail_queue");
                ResultSet row = count.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    public void close() {
        queues.values().forEach(LetterQueue::close);
    }
}
