package antin.otp.factor;

import antin.otp.factor.OneTimeCodes.Outcome;
import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Ten codes on paper, for the day on which the device is lost. Of 50 bits each, so that a keyed hash keeps them; each opens one login. */
public final class BackupCodes implements VaultRows {

    public static final int EACH = 10;
    private static final String USE = "backup-code";
    private static final int BYTES = 7; // more than the 50 bits of ten letters
    private static final int LETTERS = 10;

    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final Vault vault;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public BackupCodes(JdbcClient database, TransactionTemplate transactions, Vault vault, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.vault = vault;
        this.clock = clock;
    }

    /** A new set; the one before is void. As they are to be shown, once: {@code abcde-fghij}. */
    public List<String> issue(String person) {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < EACH; i++) {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            codes.add(Base32.encode(bytes).substring(0, LETTERS).toLowerCase(Locale.ROOT));
        }
        transactions.executeWithoutResult(status -> {
            database.sql("DELETE FROM backup_code WHERE person = ?").param(person).update();
            codes.forEach(code -> database.sql("INSERT INTO backup_code (person, key_id, hash, created) VALUES (?, ?, ?, ?)")
                .params(person, vault.keyId(), hash(person, code), Timestamp.from(clock.instant())).update());
        });
        return codes.stream().map(code -> code.substring(0, LETTERS / 2) + '-' + code.substring(LETTERS / 2)).toList();
    }

    @Override
    public String name() {
        return "backup-codes";
    }

    /** What was hashed is not known here: it stays under its key until it is used or a new set is made. */
    @Override
    public int reseal() {
        return 0;
    }

    @Override
    public long underFormerKeys() {
        return database.sql("SELECT count(*) FROM backup_code WHERE key_id <> ? AND used IS NULL").param(vault.keyId()).query(Long.class).single();
    }

    /** How many are left. */
    public int left(String person) {
        return database.sql("SELECT count(*) FROM backup_code WHERE person = ? AND used IS NULL").param(person).query(Integer.class).single();
    }

    /** Whether a text has the form of one: a device's code has digits only. */
    public static boolean isOne(String typed) {
        return plain(typed).matches("[a-z2-7]{" + LETTERS + "}") && plain(typed).chars().anyMatch(Character::isLetter);
    }

    public Outcome check(String person, String typed) {
        Outcome outcome = Outcome.WRONG;
        for (byte[] hash : vault.hashes(USE, person + ' ' + plain(typed))) { // printed under a former key, it still counts
            if (database.sql("UPDATE backup_code SET used = ? WHERE person = ? AND hash = ? AND used IS NULL").params(Timestamp.from(clock.instant()), person, hash).update() == 1) {
                return Outcome.ACCEPTED;
            }
            boolean used = database.sql("SELECT count(*) FROM backup_code WHERE person = ? AND hash = ?").params(person, hash).query(Integer.class).single() > 0;
            outcome = used ? Outcome.REPLAYED : outcome;
        }
        return outcome;
    }

    public int removeAll(String person) {
        return database.sql("DELETE FROM backup_code WHERE person = ?").param(person).update();
    }

    private byte[] hash(String person, String code) {
        return vault.hash(USE, person + ' ' + code);
    }

    private static String plain(String typed) {
        return typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }
}
