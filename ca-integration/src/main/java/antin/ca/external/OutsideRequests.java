package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * What is asked of outside authorities (Decree 68/2024: requests to change and to revoke are signed electronic documents), from the first line to the answer, with
 * who and when. Safe for use by many threads.
 */
public final class OutsideRequests {

    /** What is asked for. */
    public enum Wish {
        REVOKE, CHANGE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it is. */
    public enum State {
        PREPARED, SIGNED, SENT, CONFIRMED, REFUSED, WITHDRAWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isOver() {
            return next().isEmpty();
        }

        /** What may come next. One that is not sent may be given up. */
        Set<State> next() {
            return switch (this) {
                case PREPARED -> Set.of(SIGNED, WITHDRAWN);
                case SIGNED -> Set.of(SENT, WITHDRAWN);
                case SENT -> Set.of(CONFIRMED, REFUSED);
                case CONFIRMED, REFUSED, WITHDRAWN -> Set.of();
            };
        }
    }

    /** One step; {@code note} is the number of the letter, or why it was refused. */
    public record Step(State state, String actor, Instant time, String note) {
    }

    /**
     * @param reason     the RFC's word for a revocation, else what shall change
     * @param document   what is signed and sent, UTF-8; empty for those of before there were documents
     * @param signature  CMS, detached, over the document
     * @param signedWith the SHA-256 of the certificate that signed
     * @param reference  of the answer
     */
    public record OutsideRequest(String id, String certificateSha256, Wish wish, String reason, State state, String askedBy, byte[] document, String sha256, Optional<byte[]> signature,
                                 Optional<String> signedWith, String reference, Optional<LocalDate> answered, List<Step> steps) {

        public OutsideRequest {
            steps = List.copyOf(steps);
        }
    }

    /** The document of a request with this id. */
    public interface Writing {
        byte[] write(String id);
    }

    private static final String SELECT = "SELECT id, certificate_sha256, kind, reason, state, asked_by, document, sha256, signature, signed_with, reference, answered FROM external_request WHERE ";
    private static final int LONGEST_NOTE = 500;

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
    public OutsideRequest prepare(Registered certificate, Wish wish, String reason, String actor, Writing writing) {
        byte[] octets = new byte[8];
        random.nextBytes(octets);
        String fresh = HexFormat.of().formatHex(octets);
        byte[] document = writing.write(fresh);
        String id = rows.together(connection -> {
            Rows.query(connection, row -> row.getString(1), "SELECT pg_advisory_xact_lock(hashtext(?))::text", certificate.certificateSha256());
            List<String> open = Rows.query(connection, row -> row.getString(1), "SELECT id FROM external_request WHERE certificate_sha256 = ? AND kind = ? AND state IN ('prepared', 'signed', 'sent')",
                certificate.certificateSha256(), wish.word());
            if (!open.isEmpty()) {
                return open.getFirst();
            }
            Rows.update(connection, "INSERT INTO external_request (id, certificate_sha256, kind, reason, state, asked_by, document, sha256) VALUES (?, ?, ?, ?, 'prepared', ?, ?, ?)", fresh,
                certificate.certificateSha256(), wish.word(), reason, actor, document, OutsideCertificate.sha256(document));
            Rows.update(connection, "INSERT INTO external_request_step (request, number, state, actor, time, note) VALUES (?, 1, 'prepared', ?, ?, '')", fresh, actor, clock.instant());
            return fresh;
        });
        if (id.equals(fresh)) {
            tell(id, State.PREPARED, actor, OutsideCertificate.sha256(document));
        }
        return get(id);
    }

    /** Takes the signature of one of {@code signers} over the document. Throws {@link OutsideRefusal} {@code NOT_SIGNED} where it is nobody's of them, {@code CONFLICT} where it is signed already. */
    public OutsideRequest sign(String id, Proof signature, List<Registered> signers, String actor) {
        OutsideRequest request = get(id);
        Registered signer = signers.stream().filter(one -> signature.isOf(request.document(), one.x509())).findFirst().orElseThrow(() -> new OutsideRefusal(OutsideFault.NOT_SIGNED));
        return step(id, State.SIGNED, actor, "", connection -> Rows.update(connection, "UPDATE external_request SET signature = ?, signed_with = ? WHERE id = ?", signature.value(), signer.certificateSha256(), id));
    }

    /** By which way, or why it is given up. Throws {@code CONFLICT} where that state does not follow. */
    public OutsideRequest move(String id, State to, String actor, String note) {
        if (to != State.SENT && to != State.WITHDRAWN) {
            throw new Problem(Kind.MALFORMED_REQUEST, "This state has its own way.");
        }
        return step(id, to, actor, note, connection -> 0);
    }

    /** What the authority said: its reference, and of which day. */
    public OutsideRequest answer(String id, boolean granted, String reference, LocalDate date, String actor, String note) {
        if (reference.isBlank() || reference.length() > LONGEST_NOTE || date.isAfter(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).plusDays(1))) {
            throw new Problem(Kind.MALFORMED_REQUEST, "An answer has a reference, and a date that has come.");
        }
        return step(id, granted ? State.CONFIRMED : State.REFUSED, actor, note,
            connection -> Rows.update(connection, "UPDATE external_request SET reference = ?, answered = ? WHERE id = ?", reference.strip(), java.sql.Date.valueOf(date), id));
    }

    public OutsideRequest get(String id) {
        return where("id = ?", id).stream().findFirst().orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such request."));
    }

    public List<OutsideRequest> of(String certificateSha256) {
        return where("certificate_sha256 = ? ORDER BY id", certificateSha256);
    }

    /** Those that are not over, for who sends them and hears the answer. */
    public List<OutsideRequest> open() {
        return where("state IN ('prepared', 'signed', 'sent') ORDER BY state, id LIMIT 500");
    }

    private List<OutsideRequest> where(String condition, Object... values) {
        return rows.together(connection -> {
            List<OutsideRequest> requests = new ArrayList<>();
            for (OutsideRequest one : Rows.query(connection, OutsideRequests::read, SELECT + condition, values)) {
                requests.add(new OutsideRequest(one.id(), one.certificateSha256(), one.wish(), one.reason(), one.state(), one.askedBy(), one.document(), one.sha256(), one.signature(), one.signedWith(),
                    one.reference(), one.answered(), Rows.query(connection, row -> new Step(State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getString(2), row.getTimestamp(3).toInstant(), row.getString(4)),
                        "SELECT state, actor, time, note FROM external_request_step WHERE request = ? ORDER BY number", one.id())));
            }
            return requests;
        });
    }

    private OutsideRequest step(String id, State to, String actor, String note, Rows.Work<Integer> further) {
        if (note.length() > LONGEST_NOTE) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The note is too long.");
        }
        rows.together(connection -> {
            State present = Rows.query(connection, row -> State.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), "SELECT state FROM external_request WHERE id = ? FOR UPDATE", id).stream().findFirst()
                .orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such request."));
            if (!present.next().contains(to)) {
                throw new Problem(Kind.CONFLICT, "A request that is " + present.word() + " cannot become " + to.word() + '.');
            }
            Rows.update(connection, "INSERT INTO external_request_step (request, number, state, actor, time, note) SELECT ?, count(*) + 1, ?, ?, ?, ? FROM external_request_step WHERE request = ?", id, to.word(),
                actor, clock.instant(), note, id);
            further.on(connection);
            return Rows.update(connection, "UPDATE external_request SET state = ? WHERE id = ?", to.word(), id);
        });
        OutsideRequest now = get(id);
        tell(id, to, actor, now.sha256());
        return now;
    }

    private static OutsideRequest read(ResultSet row) throws SQLException {
        return new OutsideRequest(row.getString(1), row.getString(2), Wish.valueOf(row.getString(3).toUpperCase(Locale.ROOT)), row.getString(4), State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
            row.getString(6), row.getBytes(7), row.getString(8), Optional.ofNullable(row.getBytes(9)), Optional.ofNullable(row.getString(10)), row.getString(11),
            Optional.ofNullable(row.getObject(12, LocalDate.class)), List.of());
    }

    private void tell(String id, State state, String actor, String sha256) {
        audit.record(new AuditEvent("certificate.outside-request", state.word(), actor, "external", Map.of("request", id, "sha256", sha256)));
    }
}
