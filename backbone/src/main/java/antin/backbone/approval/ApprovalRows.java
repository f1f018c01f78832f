package antin.backbone.approval;

import antin.backbone.approval.Approval.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Approvals in PostgreSQL. Every step is one statement on one row, so that of two at once one finds it done. */
final class ApprovalRows {

    private static final Duration VALID = Duration.ofHours(24);
    private static final int MOST_SHOWN = 200;

    private final JdbcClient database;
    private final Clock clock;

    ApprovalRows(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Empty where the same is asked already. */
    Optional<Approval> add(ApprovalAct act, String requester, String beneficiary, String about, String reason) {
        Instant now = clock.instant();
        database.sql("UPDATE approval SET state = 'expired' WHERE state IN ('open', 'given') AND expires <= ?").param(Timestamp.from(now)).update();
        return database.sql("""
                INSERT INTO approval (id, act, requester, beneficiary, about, reason, asked, expires, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open')
                ON CONFLICT (act, requester, beneficiary, about) WHERE state IN ('open', 'given') DO NOTHING RETURNING *
                """)
            .params(UUID.randomUUID(), act.word(), requester, beneficiary, about, reason, Timestamp.from(now), Timestamp.from(now.plus(VALID))).query(this::read).optional();
    }

    Optional<Approval> find(UUID id) {
        return database.sql("SELECT * FROM approval WHERE id = ?").param(id).query(this::read).optional();
    }

    /** Newest first; those that are long over are left out. */
    List<Approval> recent() {
        return database.sql("SELECT * FROM approval WHERE asked > ? ORDER BY asked DESC LIMIT " + MOST_SHOWN).param(Timestamp.from(clock.instant().minus(Duration.ofDays(30))))
            .query(this::read).list();
    }

    List<Approval> of(ApprovalAct act, String beneficiary) {
        return database.sql("SELECT * FROM approval WHERE act = ? AND beneficiary = ? AND asked > ?").params(act.word(), beneficiary, Timestamp.from(clock.instant().minus(VALID.multipliedBy(2))))
            .query(this::read).list();
    }

    /** One caller gets it; nobody where it was decided or is too old. */
    Optional<Approval> decide(UUID id, State state, String by) {
        Timestamp now = Timestamp.from(clock.instant());
        return database.sql("UPDATE approval SET state = ?, decided_by = ?, decided = ? WHERE id = ? AND state = 'open' AND expires > ? RETURNING *")
            .params(state.word(), by, now, id, now).query(this::read).optional();
    }

    /** One caller gets it; nobody where it was not given, is for another act, was used or is too old. */
    Optional<Approval> use(UUID id, ApprovalAct act) {
        Timestamp now = Timestamp.from(clock.instant());
        return database.sql("UPDATE approval SET state = 'used', used = ? WHERE id = ? AND act = ? AND state = 'given' AND expires > ? RETURNING *")
            .params(now, id, act.word(), now).query(this::read).optional();
    }

    /** As {@link #use(UUID, ApprovalAct)}, and only where it was given for this beneficiary and about this. */
    Optional<Approval> use(UUID id, ApprovalAct act, String beneficiary, String about) {
        Timestamp now = Timestamp.from(clock.instant());
        return database.sql("UPDATE approval SET state = 'used', used = ? WHERE id = ? AND act = ? AND beneficiary = ? AND about = ? AND state = 'given' AND expires > ? RETURNING *")
            .params(now, id, act.word(), beneficiary, about, now).query(this::read).optional();
    }

    private Approval read(ResultSet row, int number) throws SQLException {
        State stored = State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        Instant expires = row.getTimestamp("expires").toInstant();
        boolean over = (stored == State.OPEN || stored == State.GIVEN) && !expires.isAfter(clock.instant());
        return new Approval(row.getObject("id", UUID.class), ApprovalAct.of(row.getString("act")).orElseThrow(), row.getString("requester"), row.getString("beneficiary"),
            row.getString("about"), row.getString("reason"), row.getTimestamp("asked").toInstant(), expires, over ? State.EXPIRED : stored, Optional.ofNullable(row.getString("decided_by")));
    }
}
