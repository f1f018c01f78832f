package antin.ca.external;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Registers certificates that were issued elsewhere: a challenge, its signature, and what is kept. Safe for use by many threads. */
public final class Registrations implements AutoCloseable {

    /** A certificate and whose it is. */
    public record Registered(String certificateSha256, String owner, String purpose, String authority, String serial, Instant notAfter, byte[] certificate, Instant registered) {
    }

    /** Flyway's location of the tables. */
    public static final String MIGRATIONS = "classpath:antin/ca/external/migrations";
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int OCTETS = 32;

    private final List<OutsideAuthority> authorities;
    private final Rows rows;
    private final Fetch fetch = new Fetch();
    private final OutsideStatus status;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Registrations(List<OutsideAuthority> authorities, DataSource database, AuditLog audit, Clock clock) {
        this.authorities = List.copyOf(authorities);
        this.rows = new Rows(database);
        this.status = new OutsideStatus(fetch, clock);
        this.audit = audit;
        this.clock = clock;
    }

    /** What {@code owner} shall sign within five minutes, once. A certificate that could not be registered is refused here already. */
    public Challenge challenge(Owner owner, String purpose, byte[] untrustedCertificate) {
        X509Certificate certificate = OutsideCertificate.parse(untrustedCertificate);
        owner.check(certificate, OutsideCertificate.check(certificate, authorities, clock.instant()).authority().attribute());
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        byte[] id = new byte[16];
        random.nextBytes(id);
        Challenge challenge = new Challenge(HexFormat.of().formatHex(id), owner.id(), purpose, OutsideCertificate.sha256(der(certificate)), octets, clock.instant().plus(LIFE));
        rows.together(connection -> {
            Rows.update(connection, "DELETE FROM external_challenge WHERE ends < ?", clock.instant());
            return Rows.update(connection, "INSERT INTO external_challenge (id, owner, purpose, certificate_sha256, random, ends) VALUES (?, ?, ?, ?, ?, ?)", challenge.id(), challenge.owner(),
                purpose, challenge.certificateSha256(), octets, challenge.ends());
        });
        return challenge;
    }

    /**
     * Registers, after proof, chain, name, owner and status were checked anew.
     *
     * @param from the address the request came from
     */
    public Registered register(Owner owner, String challengeId, byte[] untrustedCertificate, Proof proof, String from) {
        X509Certificate unverified = OutsideCertificate.parse(untrustedCertificate);
        String sha256 = OutsideCertificate.sha256(der(unverified));
        Map<String, String> what = Map.of("certificate", sha256, "owner", owner.id());
        try {
            // Step 1: the challenge is of this owner and certificate, young, and used up by this try
            Challenge challenge = take(challengeId).filter(one -> one.owner().equals(owner.id()) && one.certificateSha256().equals(sha256) && one.ends().isAfter(clock.instant()))
                .orElseThrow(() -> new Problem(Kind.REPLAYED_CODE, "This challenge is over. Begin again."));
            // Step 2: the key is at hand
            proof.check(challenge.toBeSigned(), unverified);
            // Step 3: somebody who counts here issued it, to this owner, and did not take it back
            OutsideCertificate checked = OutsideCertificate.check(unverified, authorities, clock.instant());
            owner.check(unverified, checked.authority().attribute());
            status.check(checked.authority(), unverified, checked.issuer());
            // Step 4: it is kept, unless certificate or key are somebody else's
            Registered registered = new Registered(sha256, owner.id(), challenge.purpose(), checked.authority().name(), unverified.getSerialNumber().toString(16),
                unverified.getNotAfter().toInstant(), der(unverified), clock.instant());
            keep(registered, OutsideCertificate.sha256(unverified.getPublicKey().getEncoded()));
            audit.record(new AuditEvent("certificate.register", "done", owner.id(), from, what));
            return registered;
        } catch (RuntimeException e) {
            audit.record(new AuditEvent("certificate.register", "refused", owner.id(), from, what));
            throw e;
        }
    }

    public List<Registered> of(String owner) {
        return rows.together(connection -> Rows.query(connection, Registrations::registered, SELECT + "WHERE owner = ? ORDER BY registered", owner));
    }

    /** By serial, in hexadecimal small letters. */
    Optional<Registered> find(String serial) {
        return rows.together(connection -> Rows.query(connection, Registrations::registered, SELECT + "WHERE serial = ?", serial)).stream().findFirst();
    }

    @Override
    public void close() {
        fetch.close();
    }

    private static final String SELECT = "SELECT certificate_sha256, owner, purpose, authority, serial, not_after, certificate, registered FROM external_certificate ";

    private static Registered registered(java.sql.ResultSet row) throws java.sql.SQLException {
        return new Registered(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getTimestamp(6).toInstant(), row.getBytes(7),
            row.getTimestamp(8).toInstant());
    }

    private Optional<Challenge> take(String id) {
        return rows.together(connection -> Rows.query(connection, row -> new Challenge(id, row.getString(1), row.getString(2), row.getString(3), row.getBytes(4), row.getTimestamp(5).toInstant()),
            "DELETE FROM external_challenge WHERE id = ? RETURNING owner, purpose, certificate_sha256, random, ends", id)).stream().findFirst();
    }

    private void keep(Registered one, String keySha256) {
        rows.together(connection -> {
            Rows.query(connection, row -> row.getString(1), "SELECT pg_advisory_xact_lock(hashtext(?))::text", keySha256); // two owners at the same time
            if (!Rows.query(connection, row -> row.getString(1), "SELECT owner FROM external_certificate WHERE key_sha256 = ? AND owner <> ?", keySha256, one.owner()).isEmpty()) {
                throw new Problem(Kind.CONFLICT, "This key belongs to somebody else.");
            }
            return Rows.update(connection, """
                INSERT INTO external_certificate (certificate_sha256, key_sha256, owner, purpose, authority, serial, not_after, certificate, registered)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (certificate_sha256) DO UPDATE SET purpose = excluded.purpose""", one.certificateSha256(), keySha256, one.owner(), one.purpose(),
                one.authority(), one.serial(), one.notAfter(), one.certificate(), one.registered());
        });
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was read does not encode", e);
        }
    }
}
