package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Statements on the tables {@code external_*}; a database that is away is {@code PEER_UNAVAILABLE}. Safe for use by many threads. */
final class Rows {

    /** Reads one row. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Several statements as one. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource database;

    Rows(DataSource database) {
        this.database = database;
    }

    <T> T together(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new Problem(Kind.CONFLICT, "Somebody did this at the same time.", e);
            }
            throw new Problem(Kind.PEER_UNAVAILABLE, "The database does not answer.", e);
        }
    }

    static int update(Connection connection, String statement, Object... values) throws SQLException {
        try (PreparedStatement update = prepared(connection, statement, values)) {
            return update.executeUpdate();
        }
    }

    static <T> List<T> query(Connection connection, Reader<T> reader, String statement, Object... values) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement select = prepared(connection, statement, values); ResultSet row = select.executeQuery()) {
            while (row.next()) {
                all.add(reader.read(row));
            }
        }
        return all;
    }

    private static PreparedStatement prepared(Connection connection, String statement, Object... values) throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int i = 0; i < values.length; i++) {
            prepared.setObject(i + 1, values[i] instanceof Instant time ? Timestamp.from(time) : values[i]);
        }
        return prepared;
    }
}
