package antin.ca.ejbca;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * What this side remembers of its wishes, since EJBCA does not: a wish is written down before it is sent, and only one try at a time is on its way, in all processes.
 * One row a wish in {@code ejbca_enrolment}. Safe for use by many threads.
 */
public final class EjbcaJournal {

    /** What is known of a wish. */
    sealed interface Standing {
    }

    /** It may be sent now, and nobody else sends it. */
    record Claimed() implements Standing {
    }

    /** It was sent before and nobody knows how that ended; it may be looked up at EJBCA. */
    record Unknown() implements Standing {
    }

    /** It was met, with that serial. */
    record Met(byte[] certificate) implements Standing {
    }

    /** Flyway's location of the table. */
    public static final String MIGRATIONS = "classpath:antin/ca/ejbca/migrations";

    private final DataSource database;

    public EjbcaJournal(DataSource database) {
        this.database = database;
    }

    /** Writes the wish down, and takes it if nobody has it. Throws {@code CONFLICT} where the id stands for another wish. */
    Standing begin(String id, byte[] content, Instant now) {
        return ask(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO ejbca_enrolment (id, content, sent) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING")) {
                insert.setString(1, id);
                insert.setBytes(2, content);
                insert.setTimestamp(3, Timestamp.from(now));
                if (insert.executeUpdate() == 1) {
                    return new Claimed();
                }
            }
            try (PreparedStatement select = connection.prepareStatement("SELECT content, certificate, sent FROM ejbca_enrolment WHERE id = ?")) {
                select.setString(1, id);
                try (ResultSet row = select.executeQuery()) {
                    if (!row.next() || !Arrays.equals(row.getBytes(1), content)) {
                        throw new Problem(Kind.CONFLICT, "The id " + id + " was used for another request.");
                    }
                    Optional<byte[]> certificate = Optional.ofNullable(row.getBytes(2));
                    if (certificate.isPresent()) {
                        return new Met(certificate.get());
                    }
                    return row.getTimestamp(3) == null && claim(connection, id, now, now) ? new Claimed() : new Unknown();
                }
            }
        });
    }

    /** Takes a wish anew whose last try is older than {@code quiet}: it can no longer be at work at EJBCA. */
    boolean claimAgain(String id, Instant now, Duration quiet) {
        return ask(connection -> claim(connection, id, now, now.minus(quiet)));
    }

    /** It was refused, or never arrived. */
    void release(String id) {
        ask(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE ejbca_enrolment SET sent = NULL WHERE id = ? AND certificate IS NULL")) {
                update.setString(1, id);
                return update.executeUpdate();
            }
        });
    }

    void met(String id, X509Certificate certificate) {
        ask(connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE ejbca_enrolment SET certificate = ?, serial = ? WHERE id = ?")) {
                update.setBytes(1, certificate.getEncoded());
                update.setString(2, certificate.getSerialNumber().toString(16));
                update.setString(3, id);
                return update.executeUpdate();
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("A certificate that was parsed has its bytes", e);
            }
        });
    }

    /** In DER, where it was asked for here. */
    Optional<byte[]> certificate(BigInteger serial) {
        return ask(connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT certificate FROM ejbca_enrolment WHERE serial = ?")) {
                select.setString(1, serial.toString(16));
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    /** Where revocations wait. */
    WaitingRevocations revocations() {
        return new WaitingRevocations(this);
    }

    private static boolean claim(Connection connection, String id, Instant now, Instant before) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE ejbca_enrolment SET sent = ? WHERE id = ? AND certificate IS NULL AND (sent IS NULL OR sent < ?)")) {
            update.setTimestamp(1, Timestamp.from(now));
            update.setString(2, id);
            update.setTimestamp(3, Timestamp.from(before));
            return update.executeUpdate() == 1;
        }
    }

    /** Work on one connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    <T> T ask(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The database does not answer.", e);
        }
    }
}
