package antin.launcher;

import antin.kernel.SecretFile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** A database and a role of the same name for each process; nobody else may connect to it. */
final class Databases {

    static final List<String> NAMES = List.of("backbone", "mail", "ca", "signing");
    private static final String WRONG_PASSWORD = "28P01";

    private final Installation installation;
    private final int port;

    Databases(Installation installation, int port) {
        this.installation = installation;
        this.port = port;
    }

    static String passwordFile(String name) {
        return "postgres-" + name + ".password";
    }

    /** Whether PostgreSQL answers. */
    boolean answers() {
        try (Connection connection = connect()) {
            return connection.isValid(2);
        } catch (SQLException e) {
            if (WRONG_PASSWORD.equals(e.getSQLState())) {
                throw Refusal.of("PostgreSQL refuses the password in " + installation.secret(Postgres.PASSWORD_FILE)
                    + ". Restore that file from the backup that belongs to this state folder.", e);
            }
            return false;
        }
    }

    /** Makes what is missing. */
    void create() throws SQLException {
        try (Connection connection = connect(); Statement statement = connection.createStatement()) {
            for (String name : NAMES) {
                if (!exists(connection, "select 1 from pg_roles where rolname = ?", name)) {
                    String password = SecretFile.text(installation.secret(passwordFile(name)));
                    statement.execute("create role " + name + " login password " + statement.enquoteLiteral(password));
                }
                if (!exists(connection, "select 1 from pg_database where datname = ?", name)) {
                    statement.execute("create database " + name + " owner " + name);
                }
                statement.execute("revoke all on database " + name + " from public");
            }
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", Postgres.SUPERUSER);
        properties.setProperty("password", SecretFile.text(installation.secret(Postgres.PASSWORD_FILE)));
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }
}
