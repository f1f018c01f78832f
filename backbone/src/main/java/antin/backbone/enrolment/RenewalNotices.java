package antin.backbone.enrolment;

import antin.directory.Directory;
import antin.directory.Person;
import antin.otp.notice.Notices;
import antin.web.ReaderTimes;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells people by mail 30, 7 and 1 days before a certificate ends: its owner, or whoever asked for it where that is a unit or a system. Once each, whatever restarts, since the
 * letter and the mark that it was written are one transaction; nothing where a newer one for the same use is there already. Safe for several processes.
 */
public final class RenewalNotices {

    private static final List<Integer> DAYS = List.of(1, 7, 30);
    private static final int AT_ONCE = 100;

    private record Due(String person, String owner, boolean own, CertificateKind kind, String serial, Instant ends) {
    }

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Directory directory;
    private final Notices notices;
    private final Clock clock;

    public RenewalNotices(JdbcClient database, TransactionOperations transactions, Directory directory, Notices notices, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.directory = directory;
        this.notices = notices;
        this.clock = clock;
    }

    /** The nearest day first: whoever was not told of the 30th day before the 7th had come is told of the 7th alone. */
    public void remind() {
        DAYS.forEach(this::remind);
    }

    private void remind(int days) {
        Timestamp now = Timestamp.from(clock.instant());
        transactions.executeWithoutResult(transaction -> database.sql("""
                UPDATE enrolled_certificate SET reminded = ? WHERE id IN (SELECT c.id FROM enrolled_certificate c LEFT JOIN certificate_status s ON s.serial = c.serial
                    WHERE c.state = 'issued' AND s.revoked_at IS NULL AND c.ends > ? AND c.ends <= ? AND (c.reminded IS NULL OR c.reminded > ?)
                    AND NOT EXISTS (SELECT 1 FROM enrolled_certificate n WHERE n.owner_kind = c.owner_kind AND n.owner = c.owner AND n.profile = c.profile AND n.state = 'issued' AND n.ends > c.ends)
                    LIMIT ? FOR UPDATE OF c SKIP LOCKED)
                RETURNING CASE WHEN owner_kind = 'person' THEN owner ELSE asked_by END AS person, owner, owner_kind, profile, serial, ends
                """)
            .params(days, now, Timestamp.from(clock.instant().plus(Duration.ofDays(days))), days, AT_ONCE)
            .query((row, number) -> new Due(row.getString("person"), row.getString("owner"), row.getString("owner_kind").equals("person"), CertificateKind.of(row.getString("profile")).orElseThrow(), row.getString("serial"),
                row.getTimestamp("ends").toInstant())).list().forEach(this::write));
    }

    private void write(Due due) {
        Optional<Person> person = directory.person(due.person);
        if (person.isEmpty()) {
            return; // nobody is there to ask for another
        }
        boolean english = person.get().language().equals("en");
        String date = new ReaderTimes().date(due.ends);
        String kind = ResourceBundle.getBundle("antin.backbone.enrolment", english ? Locale.ENGLISH : Locale.ROOT, ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
            .getString("enrolment.kind." + due.kind.word());
        String whose = due.own ? "" : " (" + due.owner + ')';
        if (english) {
            notices.send(due.person, "Certificate ends on " + date + ": " + kind + whose, """
                The certificate "%s"%s, serial number %s, is valid until %s.
                After that nobody accepts what is made with it. To go on, open the account page in your browser
                as usual, choose My certificates, and ask for a new one with a new key.
                """.formatted(kind, whose, due.serial, date));
        } else {
            notices.send(due.person, "Chứng thư số sắp hết hạn ngày " + date + ": " + kind + whose, """
                Chứng thư số "%s"%s, số sê-ri %s, có hiệu lực đến ngày %s.
                Sau đó không nơi nào chấp nhận chứng thư số này nữa. Để dùng tiếp, hãy mở trang tài khoản trong
                trình duyệt như thường lệ, chọn Chứng thư số của tôi, và xin cấp chứng thư số mới với khóa mới.
                """.formatted(kind, whose, due.serial, date));
        }
    }
}
