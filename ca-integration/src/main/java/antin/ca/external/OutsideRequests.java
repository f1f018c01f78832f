package antin.ca.external;

import antin.ca.external.Registrations.Registered;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What is asked of outside authorities (Decree 68/2024: requests to change and to revoke are signed electronic documents), from the first line to the answer, with
 * who and when. Safe for use by many threads.
 */
public final class OutsideRequests {

    /** What is asked for. */
    public enum Wish { REVOKE, CHANGE }

    /** How far it is. */
    public enum State {
        PREPARED, SIGNED, SENT, CONFIRMED, REFUSED;

        /** What may come next. One that is not sent may be given up. */
        Set<State> next() {
            return switch (this) {
                case PREPARED -> Set.of(SIGNED, REFUSED);
                case SIGNED -> Set.of(SENT, REFUSED);
                case SENT -> Set.of(CONFIRMED, REFUSED);
                case CONFIRMED, REFUSED -> Set.of();
            };
        }
    }

    /** One step; {@code note} is the number of the letter, or why it was refused. */
    public record Step(State state, String actor, Instant time, String note) {
    }

    /** {@code reason} is the RFC's word for a revocation, else what shall change. */
    public record OutsideRequest(String id, String certificateSha256, Wish wish, String reason, State state, List<Step> steps) {

        public OutsideRequest {
            steps = List.copyOf(steps);
        }
    }

    private final Rows rows;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public OutsideRequests(DataSource database, AuditLog audit, Clock clock) {
        this.rows = new Rows(database);
        this.audit = audit;
        this.clock = clock;
    }

    /** The one that is open for the same wish, or a new one. */
    public OutsideRequest prepare(Registered certificate, Wish wish, String reason, String actor) {
        byte[] octets = new byte[8];
        random.nextBytes(octets);
        String fresh = HexFormat.of().formatHex(octets);
        String id = rows.together(connection -> {
            Rows.query(connection, row -> row.getString(1), "SELECT pg_advisory_xact_lock(hashtext(?))::text", certificate.certificateSha256());
            List<String> open = Rows.query(connection, row -> row.getString(1), "SELECT id FROM external_request WHERE certificate_sha256 = ? AND kind = ? AND state NOT IN ('confirmed', 'refused')",
                certificate.certificateSha256(), word(wish));
            if (!open.isEmpty()) {
                return open.getFirst();
            }
            Rows.update(connection, "INSERT INTO external_request (id, certificate_sha256, kind, reason, state) VALUES (?, ?, ?, ?, 'prepared')", fresh, certificate.certificateSha256(), word(wish), reason);
            Rows.update(connection, "INSERT INTO external_request_step (request, number, state, actor, time, note) VALUES (?, 1, 'prepared', ?, ?, '')", fresh, actor, clock.instant());
            return fresh;
        });
        if (id.equals(fresh)) {
            tell(id, State.PREPARED, actor);
        }
        return get(id);
    }

    /** Throws {@code CONFLICT} where that state does not follow. */
    public OutsideRequest move(String id, State to, String actor, String note) {
        rows.together(connection -> {
            State present = Rows.query(connection, row -> State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), "SELECT state FROM external_request WHERE id = ? FOR UPDATE", id).stream().findFirst()
                .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such request."));
            if (!present.next().contains(to)) {
                throw new Problem(Kind.CONFLICT, "A request that is " + word(present) + " cannot become " + word(to) + '.');
            }
            Rows.update(connection, "INSERT INTO external_request_step (request, number, state, actor, time, note) SELECT ?, count(*) + 1, ?, ?, ?, ? FROM external_request_step WHERE request = ?", id, word(to),
                actor, clock.instant(), note, id);
            return Rows.update(connection, "UPDATE external_request SET state = ? WHERE id = ?", word(to), id);
        });
        tell(id, to, actor);
        return get(id);
    }

    public OutsideRequest get(String id) {
        return rows.together(connection -> {
            List<Step> steps = Rows.query(connection, row -> new Step(State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)),
                "SELECT state, actor, time, note FROM external_request_step WHERE request = ? ORDER BY number", id);
            return Rows.query(connection, row -> new OutsideRequest(id, row.getString(1), Wish.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), row.getString(3),
                    State.valueOf(row.getString(4).toUpperCase(Locale.ROOT)), steps), "SELECT certificate_sha256, kind, reason, state FROM external_request WHERE id = ?", id)
                .stream().findFirst().orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such request."));
        });
    }

    private void tell(String id, State state, String actor) {
        audit.record(new AuditEvent("certificate.outside-request", word(state), actor, "external", Map.of("request", id)));
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }
}
