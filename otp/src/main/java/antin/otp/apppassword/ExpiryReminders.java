package antin.otp.apppassword;

import antin.directory.Directory;
import antin.directory.Person;
import antin.otp.notice.Notices;
import antin.web.ReaderTimes;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Tells owners seven days before an app password ends, and a day before where it was made for a week. Once each; safe for several processes. */
public final class ExpiryReminders {

    private static final Duration BEFORE = Duration.ofDays(7);
    private static final int AT_ONCE = 200;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Directory directory;
    private final Notices notices;
    private final Clock clock;

    public ExpiryReminders(JdbcClient database, TransactionOperations transactions, Directory directory, Notices notices, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.directory = directory;
        this.notices = notices;
        this.clock = clock;
    }

    /** How many it wrote. Throws Problem where the directory is away; then the next call does it. */
    public int remind() {
        Integer written = transactions.execute(transaction -> {
            Instant now = clock.instant();
            List<AppPassword> due = database.sql("UPDATE app_password p SET reminded = ? WHERE p.id IN (SELECT q.id FROM app_password q WHERE q.revoked IS NULL AND q.reminded IS NULL"
                + " AND q.expires > ? AND q.expires < ? AND (q.expires - q.created > interval '8 days' OR q.expires < ?) LIMIT " + AT_ONCE + " FOR UPDATE SKIP LOCKED) RETURNING " + AppPasswordRows.COLUMNS)
                .params(Timestamp.from(now), Timestamp.from(now), Timestamp.from(now.plus(BEFORE)), Timestamp.from(now.plus(Duration.ofDays(1)))).query(AppPasswordRows::read).list();
            due.forEach(this::write);
            return due.size();
        });
        return written == null ? 0 : written;
    }

    private void write(AppPassword password) {
        Optional<Person> owner = directory.person(password.person());
        if (owner.isEmpty() || password.expires().isEmpty()) {
            return; // nobody is there to make another
        }
        String date = new ReaderTimes().date(password.expires().get());
        if (owner.get().language().equals("en")) {
            notices.send(password.person(), "App password ends on " + date + ": " + password.name(), """
                Your app password "%s" (%s) works until %s.
                The program that uses it cannot log in after that. To go on, open the account page in your
                browser as usual, choose App passwords, make a new one and type it into the program.
                """.formatted(password.name(), password.protocols(), date));
        } else {
            notices.send(password.person(), "Mật khẩu ứng dụng sắp hết hạn ngày " + date + ": " + password.name(), """
                Mật khẩu ứng dụng "%s" (%s) của bạn có hiệu lực đến ngày %s.
                Sau đó chương trình đang dùng nó không đăng nhập được nữa. Để dùng tiếp, hãy mở trang tài khoản
                trong trình duyệt như thường lệ, chọn Mật khẩu ứng dụng, tạo mật khẩu mới và nhập vào chương trình.
                """.formatted(password.name(), password.protocols(), date));
        }
    }
}
