package antin.otp.vault;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A table with the columns {@code key_id} and {@code sealed}, and how its rows are brought over to the present key. */
public final class SealedTable implements VaultRows {

    private static final int AT_ONCE = 200;

    private record Row(String id, String owner, Sealed sealed) {
    }

    private final JdbcClient database;
    private final Vault vault;
    private final String name;
    private final String table;
    private final String id;
    private final String use;
    private final String owner;

    /**
     * All but {@code name} and {@code use} is SQL of our own code.
     *
     * @param id    the column that names a row, compared as text
     * @param use   as the rows were sealed
     * @param owner an expression over the row: as it was sealed
     */
    public SealedTable(JdbcClient database, Vault vault, String name, String table, String id, String use, String owner) {
        this.database = database;
        this.vault = vault;
        this.name = name;
        this.table = table;
        this.id = id;
        this.use = use;
        this.owner = owner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int reseal() {
        List<String> openable = vault.formerKeys();
        if (openable.isEmpty()) {
            return 0;
        }
        List<Row> rows = database.sql("SELECT CAST(" + id + " AS text), " + owner + ", key_id, sealed FROM " + table + " WHERE key_id IN (:keys) LIMIT " + AT_ONCE)
            .param("keys", openable).query((row, number) -> new Row(row.getString(1), row.getString(2), new Sealed(row.getString(3), row.getBytes(4)))).list();
        return (int) rows.stream().filter(this::bringOver).count();
    }

    @Override
    public long underFormerKeys() {
        return database.sql("SELECT count(*) FROM " + table + " WHERE key_id <> ?").param(vault.keyId()).query(Long.class).single();
    }

    /** Not where somebody sealed the row anew meanwhile. */
    private boolean bringOver(Row row) {
        Sealed fresh = vault.reseal(use, row.owner(), row.sealed());
        return database.sql("UPDATE " + table + " SET key_id = ?, sealed = ? WHERE CAST(" + id + " AS text) = ? AND key_id = ? AND sealed = ?")
            .params(fresh.keyId(), fresh.bytes(), row.id(), row.sealed().keyId(), row.sealed().bytes()).update() == 1;
    }
}
