package antin.backbone.enrolment;

import antin.backbone.certificates.SubjectNames;
import antin.backbone.enrolment.Enrolled.Issued;
import antin.backbone.enrolment.Enrolled.State;
import antin.ca.CertificateRequest;
import antin.directory.index.Folded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Wishes and certificates in PostgreSQL. What the authority revoked by other means (an operator's command) is seen in the copy of its statuses, so every reading asks both.
 * Safe for use by many threads and several processes.
 */
public final class EnrolledRows {

    /** What the authority takes under one id: kept as it was asked first. */
    record Wish(UUID id, CertificateRequest request) {
    }

    private static final String SELECT = """
        SELECT c.id, c.request_id, c.owner_kind, c.owner, c.profile, c.subject, c.asked_by, c.asked, c.refusal, c.serial, c.issuer, c.chain, c.starts, c.ends,
            CASE WHEN c.state <> 'revoked' AND s.reason = 'certificateHold' THEN 'held' WHEN s.revoked_at IS NOT NULL THEN 'revoked' ELSE c.state END AS state,
            coalesce(s.revoked_at, c.revoked) AS revoked, CASE WHEN c.state = 'revoked' THEN c.reason ELSE coalesce(s.reason, '') END AS reason
        FROM enrolled_certificate c LEFT JOIN certificate_status s ON s.serial = c.serial
        """;
    private static final int MOST_OF_ONE = 200;
    private static final int MOST_OF_ALL = 500;

    private final JdbcClient database;
    private final Clock clock;

    public EnrolledRows(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The intent. The row that is there already where the same was asked before; what was refused is asked anew. */
    Enrolled intend(UUID id, Owner owner, CertificateKind kind, CertificateRequest request) {
        database.sql("""
                INSERT INTO enrolled_certificate (id, request_id, owner_kind, owner, profile, subject, emails, pkcs10, asked_by, asked, hosts, folded, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'asked') ON CONFLICT (request_id) DO UPDATE
                SET state = 'asked', refusal = '', subject = excluded.subject, emails = excluded.emails, hosts = excluded.hosts, folded = excluded.folded, asked_by = excluded.asked_by, asked = excluded.asked
                WHERE enrolled_certificate.state = 'refused' AND enrolled_certificate.owner_kind = excluded.owner_kind AND enrolled_certificate.owner = excluded.owner
                """)
            .params(id, request.id(), owner.kind().word(), owner.id(), kind.word(), request.subject().getName(), request.emails().toArray(new String[0]), request.pkcs10(),
                request.actor(), Timestamp.from(clock.instant()), request.hosts().toArray(new String[0]), folded(owner, request.subject().getName(), request.emails(), request.hosts())).update();
        return database.sql(SELECT + "WHERE c.request_id = ?").param(request.id()).query(this::read).single();
    }

    /** One that nobody asked for here. Nothing where its key is known already for that use, however far that wish is. */
    void keep(UUID id, String requestId, Owner owner, CertificateKind kind, String subject, String askedBy, Issued issued) {
        database.sql("""
                INSERT INTO enrolled_certificate (id, request_id, owner_kind, owner, profile, subject, emails, pkcs10, asked_by, asked, folded, state, serial, issuer, chain, starts, ends)
                VALUES (?, ?, ?, ?, ?, ?, '{}', '', ?, ?, ?, 'issued', ?, ?, ?, ?, ?) ON CONFLICT (request_id) DO NOTHING
                """)
            .params(id, requestId, owner.kind().word(), owner.id(), kind.word(), subject, askedBy, Timestamp.from(issued.starts()), folded(owner, subject, List.of(), List.of()), issued.serial(),
                issued.issuer(), issued.chain(), Timestamp.from(issued.starts()), Timestamp.from(issued.ends())).update();
    }

    Wish wish(UUID id) {
        return database.sql("SELECT * FROM enrolled_certificate WHERE id = ?").param(id).query((row, number) -> new Wish(row.getObject("id", UUID.class),
            new CertificateRequest(row.getString("request_id"), row.getString("profile"), new X500Principal(row.getString("subject")), List.of((String[]) row.getArray("emails").getArray()),
                row.getBytes("pkcs10"), row.getString("asked_by"), List.of((String[]) row.getArray("hosts").getArray())))).single();
    }

    /** What it is found by: names, without marks. What stands in every subject would find everything. */
    static String folded(Owner owner, String subject, List<String> emails, List<String> hosts) {
        return Folded.words(String.join(" ", owner.id(), SubjectNames.commonName(subject), String.join(" ", emails), String.join(" ", hosts)));
    }

    /** Rows of before there was such a column; the start of {@link CertificateSearch} calls it. */
    void foldThoseOfBefore() {
        database.sql("SELECT id, owner_kind, owner, subject, emails, hosts FROM enrolled_certificate WHERE folded = '' LIMIT 500").query((row, number) -> Map.entry(row.getObject("id", UUID.class),
            folded(new Owner(Owner.Kind.PERSON, row.getString("owner")), row.getString("subject"), List.of((String[]) row.getArray("emails").getArray()), List.of((String[]) row.getArray("hosts").getArray()))))
            .list().forEach(one -> database.sql("UPDATE enrolled_certificate SET folded = ? WHERE id = ?").params(one.getValue(), one.getKey()).update());
    }

    Optional<Enrolled> asked(String requestId) {
        return database.sql(SELECT + "WHERE c.request_id = ?").param(requestId).query(this::read).optional();
    }

    /** Whether another system than the one named has a certificate that is good, or will have one soon, for one of the hosts. */
    boolean isOfAnother(List<String> hosts, String system) {
        return database.sql("""
                SELECT count(*) FROM enrolled_certificate c LEFT JOIN certificate_status s ON s.serial = c.serial
                WHERE c.hosts && CAST(? AS text[]) AND c.owner <> ? AND (c.state = 'asked' OR c.state = 'issued' AND c.ends > ? AND s.revoked_at IS NULL)
                """)
            .params(hosts.toArray(new String[0]), system, Timestamp.from(clock.instant())).query(Integer.class).single() > 0;
    }

    /** The answer, once. */
    void issued(UUID id, Issued issued) {
        database.sql("UPDATE enrolled_certificate SET state = 'issued', serial = ?, issuer = ?, chain = ?, starts = ?, ends = ? WHERE id = ? AND state = 'asked'")
            .params(issued.serial(), issued.issuer(), issued.chain(), Timestamp.from(issued.starts()), Timestamp.from(issued.ends()), id).update();
    }

    void refused(UUID id, String why) {
        database.sql("UPDATE enrolled_certificate SET state = 'refused', refusal = ? WHERE id = ? AND state = 'asked'").params(why, id).update();
    }

    void revoked(UUID id, Instant at, String reason) {
        database.sql("UPDATE enrolled_certificate SET state = 'revoked', revoked = ?, reason = ? WHERE id = ? AND state = 'issued'").params(Timestamp.from(at), reason, id).update();
    }

    public Optional<Enrolled> find(UUID id) {
        return database.sql(SELECT + "WHERE c.id = ?").param(id).query(this::read).optional();
    }

    /** Whether our own authority issued it: the copy of its statuses has it. */
    boolean isOurs(String serial) {
        return database.sql("SELECT count(*) FROM certificate_status WHERE serial = ?").param(serial).query(Integer.class).single() > 0;
    }

    /** The newest first; refusals are shown for a month. */
    public List<Enrolled> of(Owner owner) {
        return database.sql(SELECT + "WHERE c.owner_kind = ? AND c.owner = ? AND (c.state <> 'refused' OR c.asked > ?) ORDER BY c.asked DESC LIMIT " + MOST_OF_ONE)
            .params(owner.kind().word(), owner.id(), Timestamp.from(clock.instant().minus(Duration.ofDays(30)))).query(this::read).list();
    }

    /** Of the city's systems, by name, the newest first. */
    public List<Enrolled> ofSystems() {
        return database.sql(SELECT + "WHERE c.profile IN ('tls-server', 'tls-client') AND c.owner_kind = 'system' AND (c.state <> 'refused' OR c.asked > ?) ORDER BY c.owner, c.asked DESC LIMIT " + MOST_OF_ALL)
            .param(Timestamp.from(clock.instant().minus(Duration.ofDays(30)))).query(this::read).list();
    }

    /** Asked some time ago and not answered: the process or the authority went away in between. */
    List<UUID> unanswered(Instant before) {
        return database.sql("SELECT id FROM enrolled_certificate WHERE state = 'asked' AND asked < ? ORDER BY asked LIMIT 50").param(Timestamp.from(before)).query((row, number) -> row.getObject(1, UUID.class)).list();
    }

    /** People whose certificates for mail in the directory are not those that are good now. */
    List<String> outdatedInDirectory() {
        return database.sql("SELECT DISTINCT owner FROM (" + DIRECTORY + ") AS mail WHERE listed <> wanted LIMIT 50").param(Timestamp.from(clock.instant())).query((row, number) -> row.getString(1)).list();
    }

    /** A certificate for mail, and whether address books should show it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ForMail(UUID id, boolean wanted, byte[] chain) {
    }

    private static final String DIRECTORY = """
        SELECT c.id, c.owner, c.chain, c.in_directory AS listed, c.state = 'issued' AND c.ends > ? AND s.revoked_at IS NULL AS wanted
        FROM enrolled_certificate c LEFT JOIN certificate_status s ON s.serial = c.serial WHERE c.profile IN ('mail-signing', 'mail-encryption') AND c.owner_kind = 'person' AND c.chain IS NOT NULL
        """;

    List<ForMail> forMail(String person) {
        return database.sql(DIRECTORY + " AND c.owner = ? ORDER BY c.asked").params(Timestamp.from(clock.instant()), person)
            .query((row, number) -> new ForMail(row.getObject("id", UUID.class), row.getBoolean("wanted"), row.getBytes("chain"))).list();
    }

    void listed(UUID id, boolean listed) {
        database.sql("UPDATE enrolled_certificate SET in_directory = ? WHERE id = ?").params(listed, id).update();
    }

    private Enrolled read(ResultSet row, int number) throws SQLException {
        return new Enrolled(row.getObject("id", UUID.class), row.getString("request_id"), new Owner(Owner.Kind.valueOf(row.getString("owner_kind").toUpperCase(Locale.ROOT)), row.getString("owner")),
            CertificateKind.of(row.getString("profile")).orElseThrow(), row.getString("subject"), row.getString("asked_by"), row.getTimestamp("asked").toInstant(),
            State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("refusal"), issued(row));
    }

    private static Optional<Issued> issued(ResultSet row) throws SQLException {
        byte @Nullable [] chain = row.getBytes("chain");
        Timestamp revoked = row.getTimestamp("revoked");
        return chain == null ? Optional.empty() : Optional.of(new Issued(row.getString("serial"), row.getString("issuer"), chain, row.getTimestamp("starts").toInstant(),
            row.getTimestamp("ends").toInstant(), Optional.ofNullable(revoked).map(Timestamp::toInstant), row.getString("reason")));
    }
}
