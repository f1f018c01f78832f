package antin.backbone.enrolment;

import antin.directory.index.Folded;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds certificates for who administers, and counts them. Safe for use by many threads. */
public final class CertificateSearch {

    /** What a form may ask for; blank parts ask for nothing. @param within days until the end, 0 for any */
    public record Question(String text, String state, String kind, int within) {
    }

    /** One page of what was found. */
    public record Found(List<Enrolled> page, int total) {
    }

    /** @param monthly issued in each of the last twelve months, the oldest first */
    public record Figures(int good, int endingIn30, int endingIn7, int revoked, int held, int ended, int asked, int refused, List<Month> monthly) {
    }

    /** @param month such as {@code 11/2026} */
    public record Month(String month, int issued, int revoked) {
    }

    private static final String STATE = "CASE WHEN c.state <> 'revoked' AND s.reason = 'certificateHold' THEN 'held' WHEN s.revoked_at IS NOT NULL THEN 'revoked' WHEN c.state = 'issued' AND c.ends <= :now THEN 'ended' WHEN c.state = 'issued' THEN 'good' ELSE c.state END";
    private static final String FROM = " FROM enrolled_certificate c LEFT JOIN certificate_status s ON s.serial = c.serial";

    private static final String WITHIN = "(:all OR c.owner_kind = 'unit' AND c.owner = ANY(:units) OR c.owner_kind = 'person' AND c.owner = ANY(:people))";
    private static final int MOST_WORDS = 8;

    private final JdbcClient database;
    private final EnrolledRows rows;
    private final Clock clock;

    public CertificateSearch(JdbcClient database, EnrolledRows rows, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.clock = clock;
    }

    /** The newest first. Of the text each word must begin one of the names, with or without marks, as elsewhere; or it is a number, a unit, or the beginning of a serial. */
    public Found find(Question question, Scope scope, int offset, int limit) {
        List<String> conditions = new ArrayList<>(List.of(WITHIN));
        if (!question.text().isBlank()) {
            conditions.add("(" + words(question.text()) + " OR c.owner = :text OR c.serial LIKE :serial)");
        }
        if (!question.state().isBlank()) {
            conditions.add(STATE + " = :state");
        }
        if (!question.kind().isBlank()) {
            conditions.add("c.profile = :kind");
        }
        if (question.within() > 0) {
            conditions.add(STATE + " = 'good' AND c.ends <= :until");
        }
        String where = FROM + " WHERE " + String.join(" AND ", conditions);
        int total = asked(where, "SELECT count(*)", question, scope).query(Integer.class).single();
        List<Enrolled> page = asked(where + " ORDER BY c.asked DESC, c.id LIMIT " + limit + " OFFSET " + offset, "SELECT c.id", question, scope)
            .query((row, number) -> row.getObject(1, UUID.class)).list().stream().flatMap(id -> rows.find(id).stream()).toList();
        return new Found(page, total);
    }

    public Figures figures(Scope scope) {
        Instant now = clock.instant();
        List<Month> monthly = database.sql("""
                SELECT to_char(m, 'MM/YYYY'), (SELECT count(*) FROM enrolled_certificate c WHERE c.starts >= m AND c.starts < m + interval '1 month' AND %1$s),
                    (SELECT count(*) FROM enrolled_certificate c LEFT JOIN certificate_status s ON s.serial = c.serial WHERE coalesce(s.revoked_at, c.revoked) >= m AND coalesce(s.revoked_at, c.revoked) < m + interval '1 month' AND %1$s)
                FROM generate_series(date_trunc('month', CAST(:now AS timestamptz), 'Asia/Ho_Chi_Minh') - interval '11 months', CAST(:now AS timestamptz), interval '1 month') AS m ORDER BY m
                """.formatted(WITHIN))
            .params(within(scope)).param("now", Timestamp.from(now)).query((row, number) -> new Month(row.getString(1), row.getInt(2), row.getInt(3))).list();
        return database.sql("SELECT count(*) FILTER (WHERE x.state = 'good'), count(*) FILTER (WHERE x.state = 'good' AND ends <= :in30), count(*) FILTER (WHERE x.state = 'good' AND ends <= :in7),"
                + " count(*) FILTER (WHERE x.state = 'revoked'), count(*) FILTER (WHERE x.state = 'held'), count(*) FILTER (WHERE x.state = 'ended'), count(*) FILTER (WHERE x.state = 'asked'), count(*) FILTER (WHERE x.state = 'refused')"
                + " FROM (SELECT c.ends, " + STATE + " AS state" + FROM + " WHERE " + WITHIN + ") AS x")
            .params(within(scope)).param("now", Timestamp.from(now)).param("in30", Timestamp.from(now.plus(Duration.ofDays(30)))).param("in7", Timestamp.from(now.plus(Duration.ofDays(7))))
            .query((row, number) -> new Figures(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6), row.getInt(7), row.getInt(8), monthly)).single();
    }

    private JdbcClient.StatementSpec asked(String rest, String begin, Question question, Scope scope) {
        Instant now = clock.instant();
        String text = question.text().strip();
        return database.sql(begin + rest).params(within(scope)).param("now", Timestamp.from(now)).param("text", text)
            .param("serial", text.toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", "") + (text.matches("[0-9a-fA-F: ]{4,80}") ? "%" : "")).param("state", question.state()).param("kind", question.kind())
            .param("until", Timestamp.from(now.plus(Duration.ofDays(question.within()))));
    }

    /** Letters, digits and spaces are all that folding leaves, so they may stand in the statement. */
    private static String words(String text) {
        String folded = Folded.words(text);
        return folded.isEmpty() ? "false" : Arrays.stream(folded.split(" ")).distinct().limit(MOST_WORDS).map(word -> "' ' || c.folded LIKE '% " + word + "%'").collect(Collectors.joining(" AND ", "(", ")"));
    }

    private static Map<String, Object> within(Scope scope) {
        return Map.of("all", scope.all(), "units", scope.units().toArray(new String[0]), "people", scope.people().toArray(new String[0]));
    }
}
