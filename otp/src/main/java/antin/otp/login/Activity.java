package antin.otp.login;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a person did and what was done with their name, for them to look at; kept for 90 days. The audit log is another thing, and not read for this. */
public final class Activity {

    public static final Duration KEPT = Duration.ofDays(90);
    private static final int SHOWN = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,20}");
    /** Mail programs log in every few minutes; their last use stands with their password. */
    private static final Set<String> LEFT_OUT = Set.of("mail.login");

    /** @param detail a name that says more, such as a device's; may be empty */
    public record Entry(Instant at, String act, String outcome, String address, String detail) {
    }

    private final JdbcClient database;
    private final Clock clock;

    public Activity(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A wrong password is told with the name as typed, of whom nobody knows who it is: strangers write nothing here. */
    void tell(String act, String outcome, String who, String from, Map<String, String> details) {
        boolean typed = act.equals("login.password") && outcome.equals("refused");
        if (!typed && !LEFT_OUT.contains(act) && NUMBER.matcher(who).matches()) {
            String detail = details.entrySet().stream().filter(entry -> entry.getKey().equals("name") || entry.getKey().equals("reason")).map(Map.Entry::getValue).collect(Collectors.joining(", "));
            database.sql("INSERT INTO activity (person, at, act, outcome, address, detail) VALUES (?, ?, ?, ?, ?, ?)")
                .params(who, Timestamp.from(clock.instant()), act, outcome, from, detail).update();
        }
    }

    /** The latest first. */
    public List<Entry> list(String person) {
        return database.sql("SELECT at, act, outcome, address, detail FROM activity WHERE person = ? AND at > ? ORDER BY id DESC LIMIT " + SHOWN)
            .params(person, Timestamp.from(clock.instant().minus(KEPT)))
            .query((row, number) -> new Entry(row.getTimestamp("at").toInstant(), row.getString("act"), row.getString("outcome"), row.getString("address"), row.getString("detail"))).list();
    }
}
