package antin.ca.ledger;

import antin.ca.RevocationReason;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keys of certificates that were revoked with keyCompromise (CA/Browser Forum Baseline Requirements, 6.1.1.3): they are certified no more. */
final class CompromisedKeys {

    private CompromisedKeys() {
    }

    static void mark(Connection connection, BigInteger serial) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select der from certificate where serial = ?")) {
            select.setString(1, Ledger.hex(serial));
            mark(connection, select);
        }
    }

    /** Those that were revoked before there was a mark. */
    static void markAll(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select der from certificate where reason = ?")) {
            select.setInt(1, RevocationReason.KEY_COMPROMISE.code());
            mark(connection, select);
        }
    }

    private static void mark(Connection connection, PreparedStatement select) throws SQLException {
        List<byte[]> keys = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                keys.add(keySha256(row.getBytes(1)));
            }
        }
        for (byte[] key : keys) {
            try (PreparedStatement update = connection.prepareStatement("update subject_key set compromised = true where key_sha256 = ? and not compromised")) {
                update.setBytes(1, key);
                update.executeUpdate();
            }
        }
    }

    private static byte[] keySha256(byte[] der) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der)).getPublicKey().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The ledger holds what is no certificate", e);
        }
    }
}
