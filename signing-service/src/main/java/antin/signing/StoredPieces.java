package antin.signing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Files in a table, in pieces of a mebibyte, so that none is in memory whole. Safe for use by many threads. */
public final class StoredPieces {

    private static final int PIECE = 1 << 20;

    private final JdbcClient database;
    private final String insert;
    private final String select;
    private final String delete;

    /** @param owner the column that says whose a piece is; beside it are {@code piece} and {@code octets} */
    public StoredPieces(JdbcClient database, String table, String owner) {
        this.database = database;
        this.insert = "INSERT INTO " + table + " (" + owner + ", piece, octets) VALUES (?, ?, ?)";
        this.select = "SELECT octets FROM " + table + " WHERE " + owner + " = ? AND piece = ?";
        this.delete = "DELETE FROM " + table + " WHERE " + owner + " = ?";
    }

    public void store(String owner, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            int piece = 0;
            for (byte[] octets = in.readNBytes(PIECE); octets.length > 0; octets = in.readNBytes(PIECE)) {
                database.sql(insert).params(owner, piece++, octets).update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what is stored into {@code file}; false where nothing is. */
    public boolean fetch(String owner, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            int piece = 0;
            for (Optional<byte[]> octets = piece(owner, piece); octets.isPresent(); octets = piece(owner, ++piece)) {
                out.write(octets.get());
            }
            return piece > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void delete(String owner) {
        database.sql(delete).param(owner).update();
    }

    private Optional<byte[]> piece(String owner, int piece) {
        return database.sql(select).params(owner, piece).query((row, number) -> row.getBytes(1)).optional();
    }
}
