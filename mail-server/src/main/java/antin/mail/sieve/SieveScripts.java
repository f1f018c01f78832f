package antin.mail.sieve;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Each mailbox's scripts, in the database. The ones that run are remembered, since all changes come through here. Safe for many threads. */
public final class SieveScripts {

    /** A script by its name, and whether it is the one that runs. */
    public record Named(String name, boolean active) {
    }

    /** What a change came to. */
    public enum Outcome { DONE, NONEXISTENT, ALREADY_EXISTS, ACTIVE, TOO_MANY, TOO_LARGE }

    public static final int MOST_SCRIPTS = 16;
    public static final int LONGEST_SCRIPT = 65_536;
    private static final int MOST_REMEMBERED = 50_000;

    private final DataSource database;
    private final Map<String, Optional<String>> running = new ConcurrentHashMap<>();

    public SieveScripts(DataSource database) {
        this.database = database;
    }

    /** The script that runs on letters to this mailbox. */
    public Optional<String> active(String mailbox) throws SQLException {
        Optional<String> known = running.get(mailbox);
        if (known != null) {
            return known;
        }
        if (running.size() > MOST_REMEMBERED) {
            running.clear();
        }
        Optional<String> read = text("SELECT script FROM sieve_script WHERE mailbox = ? AND active", mailbox);
        running.put(mailbox, read);
        return read;
    }

    public List<Named> list(String mailbox) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement query = statement(connection, "SELECT name, active FROM sieve_script WHERE mailbox = ? ORDER BY name", mailbox);
                ResultSet rows = query.executeQuery()) {
            List<Named> all = new ArrayList<>();
            while (rows.next()) {
                all.add(new Named(rows.getString(1), rows.getBoolean(2)));
            }
            return all;
        }
    }

    public Optional<String> get(String mailbox, String name) throws SQLException {
        return text("SELECT script FROM sieve_script WHERE mailbox = ? AND name = ?", mailbox, name);
    }

    /** Whether a script of so many bytes would find room. */
    public Outcome room(String mailbox, String name, long bytes) throws SQLException {
        if (bytes > LONGEST_SCRIPT) {
            return Outcome.TOO_LARGE;
        }
        List<Named> present = list(mailbox);
        return present.size() >= MOST_SCRIPTS && present.stream().noneMatch(script -> script.name().equals(name)) ? Outcome.TOO_MANY : Outcome.DONE;
    }

    public Outcome put(String mailbox, String name, String script) throws SQLException {
        Outcome room = room(mailbox, name, script.getBytes(StandardCharsets.UTF_8).length);
        if (room == Outcome.DONE) {
            change(mailbox, "INSERT INTO sieve_script (mailbox, name, script) VALUES (?, ?, ?) ON CONFLICT (mailbox, name) DO UPDATE SET script = excluded.script", mailbox, name, script);
        }
        return room;
    }

    /** Makes this script the one that runs; an empty name: none. */
    public Outcome activate(String mailbox, String name) throws SQLException {
        if (!name.isEmpty() && get(mailbox, name).isEmpty()) {
            return Outcome.NONEXISTENT;
        }
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement none = statement(connection, "UPDATE sieve_script SET active = false WHERE mailbox = ? AND active", mailbox);
                    PreparedStatement one = statement(connection, "UPDATE sieve_script SET active = true WHERE mailbox = ? AND name = ?", mailbox, name)) {
                none.executeUpdate();
                one.executeUpdate();
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } finally {
            running.remove(mailbox);
        }
        return Outcome.DONE;
    }

    /** One that runs is not removed (RFC 5804, 2.10). */
    public Outcome delete(String mailbox, String name) throws SQLException {
        if (change(mailbox, "DELETE FROM sieve_script WHERE mailbox = ? AND name = ? AND NOT active", mailbox, name) > 0) {
            return Outcome.DONE;
        }
        return get(mailbox, name).isPresent() ? Outcome.ACTIVE : Outcome.NONEXISTENT;
    }

    public Outcome rename(String mailbox, String from, String to) throws SQLException {
        if (get(mailbox, from).isEmpty()) {
            return Outcome.NONEXISTENT;
        }
        int changed = change(mailbox, "UPDATE sieve_script SET name = ? WHERE mailbox = ? AND name = ? AND NOT EXISTS (SELECT 1 FROM sieve_script WHERE mailbox = ? AND name = ?)",
            to, mailbox, from, mailbox, to);
        return changed > 0 ? Outcome.DONE : Outcome.ALREADY_EXISTS;
    }

    private int change(String mailbox, String sql, String... values) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement update = statement(connection, sql, values)) {
            return update.executeUpdate();
        } finally {
            running.remove(mailbox);
        }
    }

    private Optional<String> text(String sql, String... values) throws SQLException {
        try (Connection connection = database.getConnection(); PreparedStatement query = statement(connection, sql, values); ResultSet rows = query.executeQuery()) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    private static PreparedStatement statement(Connection connection, String sql, String... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }
}
