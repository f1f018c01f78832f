package antin.ca.ledger;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is done once, before the first request: the ends of what a crash cut off, and what was signed while there was no ledger. */
public final class LedgerStart {

    private final LedgerDatabase database;

    public LedgerStart(LedgerDatabase database) {
        this.database = database;
    }

    /** Closes every open intent: its signature, if there was one, left the process nowhere. Returns their serials. */
    public List<BigInteger> abandonOpenIntents() {
        try {
            return database.together(connection -> {
                List<BigInteger> abandoned = new ArrayList<>();
                try (Statement statement = connection.createStatement()) {
                    String open = "not abandoned and not exists (select from certificate where certificate.serial = intent.serial)";
                    // Locked first, and looked at again then: whoever is storing a certificate at this moment has locked its intent
                    statement.execute("select from intent where " + open + " for update");
                    try (ResultSet row = statement.executeQuery("update intent set abandoned = true where " + open + " returning serial")) {
                        while (row.next()) {
                            abandoned.add(new BigInteger(row.getString(1), 16));
                        }
                    }
                }
                return abandoned;
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    /** What was revoked by a version that kept no mark of compromised keys. */
    public void markCompromisedKeys() {
        try {
            database.together(connection -> {
                CompromisedKeys.markAll(connection);
                return true;
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    /** The highest number of a change that was ever committed. */
    public long lastChange() {
        try {
            return database.ask(connection -> {
                try (Statement statement = connection.createStatement();
                     ResultSet row = statement.executeQuery("select coalesce(max(change), 0) from certificate")) {
                    row.next();
                    return row.getLong(1);
                }
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }

    /** Enters what was signed elsewhere, with its certificate or as abandoned. What is there already stays; returns whether it was new. */
    public boolean takeOver(Intent intent, Optional<X509Certificate> certificate, long change)
        throws CertificateEncodingException {
        byte[] der = certificate.isPresent() ? certificate.get().getEncoded() : new byte[0];
        try {
            return database.together(connection -> {
                if (!Ledger.insert(connection, intent)) {
                    return false;
                }
                if (certificate.isPresent()) {
                    Ledger.claim(connection, intent);
                    return Ledger.insert(connection, intent.serial(), intent.issuer(), der, certificate.get().getNotAfter().toInstant(), change);
                }
                try (PreparedStatement update = connection.prepareStatement("update intent set abandoned = true where serial = ?")) {
                    update.setString(1, Ledger.hex(intent.serial()));
                    return update.executeUpdate() == 1;
                }
            });
        } catch (SQLException e) {
            throw LedgerDatabase.problem(e);
        }
    }
}
