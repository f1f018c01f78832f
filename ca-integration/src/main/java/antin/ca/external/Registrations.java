package antin.ca.external;

import antin.ca.external.Registered.State;
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
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Registers certificates that were issued elsewhere: a challenge, its signature, and what is kept. Safe for use by many threads. */
public final class Registrations implements KnownCertificates, AutoCloseable {

    /** Flyway's location of the tables. */
    public static final String MIGRATIONS = "classpath:antin/ca/external/migrations";
    static final Duration LIFE = Duration.ofMinutes(10);
    private static final int OCTETS = 32;
    private static final String OF_ASKER = "FROM external_challenge WHERE id = ? AND asker = ?";
    private static final String CHALLENGE = "owner, asker, purpose, certificate, random, ends ";

    private final List<OutsideAuthority> authorities;
    private final Rows rows;
    private final RegisteredRows certificates;
    private final Fetch fetch = new Fetch();
    private final OutsideStatus status;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Registrations(List<OutsideAuthority> authorities, DataSource database, AuditLog audit, Clock clock) {
        this.authorities = List.copyOf(authorities);
        this.rows = new Rows(database);
        this.certificates = new RegisteredRows(rows);
        this.status = new OutsideStatus(fetch, clock);
        this.audit = audit;
        this.clock = clock;
    }

    public List<OutsideAuthority> authorities() {
        return authorities;
    }

    /** What {@code asker} shall sign within ten minutes, once, for {@code owner}. A certificate that could not be registered is refused here already. */
    public Challenge challenge(Owner owner, String asker, String purpose, byte[] untrustedCertificate) {
        X509Certificate certificate = OutsideCertificate.parse(untrustedCertificate);
        check(owner, certificate);
        byte[] octets = new byte[OCTETS];
        random.nextBytes(octets);
        byte[] id = new byte[16];
        random.nextBytes(id);
        Challenge challenge = new Challenge(HexFormat.of().formatHex(id), owner.id(), asker, purpose, der(certificate), octets, clock.instant().plus(LIFE).truncatedTo(ChronoUnit.SECONDS));
        rows.together(connection -> {
            Rows.update(connection, "DELETE FROM external_challenge WHERE ends < ?", clock.instant());
            return Rows.update(connection, "INSERT INTO external_challenge (id, owner, asker, purpose, certificate_sha256, certificate, random, ends) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", challenge.id(),
                owner.id(), asker, purpose, OutsideCertificate.sha256(challenge.certificate()), challenge.certificate(), octets, challenge.ends());
        });
        return challenge;
    }

    /** One that waits for its signature; none for anybody but who asked. */
    public Optional<Challenge> waiting(String id, String asker) {
        return rows.together(connection -> Rows.query(connection, row -> challenge(id, row), "SELECT " + CHALLENGE + OF_ASKER, id, asker)).stream().filter(one -> one.ends().isAfter(clock.instant())).findFirst();
    }

    /**
     * Registers, after proof, chain, name, owner and status were checked anew. Throws {@link OutsideRefusal}. Where the name breaks a rule, it waits for an administrator.
     *
     * @param owner whom the challenge names
     * @param from  the address the request came from
     */
    public Registered register(Owner owner, String asker, String challengeId, Proof proof, String from) {
        try {
            // Step 1: the challenge is of this person and owner, young, and used up by this try
            Challenge challenge = rows.together(connection -> Rows.query(connection, row -> challenge(challengeId, row), "DELETE " + OF_ASKER + " RETURNING " + CHALLENGE, challengeId, asker)).stream()
                .filter(one -> one.owner().equals(owner.id()) && one.ends().isAfter(clock.instant())).findFirst().orElseThrow(() -> new OutsideRefusal(OutsideFault.CHALLENGE_OVER));
            X509Certificate unverified = OutsideCertificate.parse(challenge.certificate());
            // Step 2: the key is at hand
            proof.check(challenge.toBeSigned(), unverified);
            // Step 3: somebody who counts here issued it, and neither it nor anybody above it was taken back
            OutsideCertificate checked = check(owner, unverified);
            status.check(checked);
            // Step 4: it is kept, unless the key is somebody else's
            String misfit = owner.misfit(unverified, checked.authority().rules(owner.kind()));
            Registered registered = new Registered(OutsideCertificate.sha256(challenge.certificate()), owner.id(), challenge.purpose(), checked.authority().name(), unverified.getSerialNumber().toString(16),
                unverified.getNotAfter().toInstant(), challenge.certificate(), clock.instant(), asker, misfit.isEmpty() ? State.GOOD : State.WAITING, misfit, clock.instant(), Optional.empty());
            certificates.keep(registered, OutsideCertificate.sha256(unverified.getPublicKey().getEncoded()));
            tell("certificate.register", registered.state() == State.GOOD ? "done" : "waiting", asker, from, registered);
            return registered;
        } catch (OutsideRefusal e) {
            audit.record(new AuditEvent("certificate.register", "refused", asker, from, Map.of("owner", owner.id(), "reason", e.fault().word())));
            throw e;
        }
    }

    /** Which question to an administrator this one waits for. */
    public void asked(Registered registered, UUID approval) {
        certificates.asked(registered.certificateSha256(), approval);
    }

    /** An administrator allowed the name. Throws {@link OutsideRefusal} where its authority took it back since, or does not tell now. */
    public void checkAgain(Registered registered) {
        status.check(OutsideCertificate.check(registered.x509(), authorities, clock.instant()));
    }

    public void accept(Registered registered, String by, String from) {
        if (certificates.move(registered.certificateSha256(), State.WAITING, State.GOOD)) {
            tell("certificate.register", "allowed", by, from, registered);
        }
    }

    /** Nothing is kept of it; whether this call did so. */
    public boolean drop(Registered registered, String by, String from) {
        boolean dropped = certificates.drop(registered.certificateSha256());
        if (dropped) {
            tell("certificate.register", "not-allowed", by, from, registered);
        }
        return dropped;
    }

    public List<Registered> waiting() {
        return certificates.where("state = 'waiting' ORDER BY registered LIMIT 500");
    }

    public Optional<Registered> ofApproval(UUID approval) {
        return certificates.where("approval = ?", approval).stream().findFirst();
    }

    public List<Registered> of(String owner) {
        return certificates.where("owner = ? ORDER BY registered DESC LIMIT 200", owner);
    }

    public Optional<Registered> find(String sha256) {
        return certificates.where("certificate_sha256 = ?", sha256).stream().findFirst();
    }

    @Override
    public List<Registered> goodOf(String owner, Instant now) {
        return certificates.where("owner = ? AND state = 'good' AND not_after > ? ORDER BY registered DESC", owner, now);
    }

    @Override
    public Optional<Registered> good(String sha256, Instant now) {
        return certificates.where("certificate_sha256 = ? AND state = 'good' AND not_after > ?", sha256, now).stream().findFirst();
    }

    /** Looks after them from time to time. */
    public Recheck recheck() {
        return new Recheck(authorities, certificates, status, audit, clock);
    }

    /** By serial, in hexadecimal small letters. */
    Optional<Registered> findSerial(String serial) {
        return certificates.where("serial = ?", serial).stream().findFirst();
    }

    @Override
    public void close() {
        fetch.close();
    }

    private OutsideCertificate check(Owner owner, X509Certificate unverified) {
        OutsideCertificate checked = OutsideCertificate.check(unverified, authorities, clock.instant());
        if (!checked.authority().owners().contains(owner.kind())) {
            throw new OutsideRefusal(OutsideFault.NOT_FOR_SUCH_OWNERS);
        }
        return checked;
    }

    private void tell(String act, String outcome, String who, String from, Registered one) {
        audit.record(new AuditEvent(act, outcome, who, from, Map.of("certificate", one.certificateSha256(), "owner", one.owner(), "misfit", one.misfit())));
    }

    private static Challenge challenge(String id, java.sql.ResultSet row) throws java.sql.SQLException {
        return new Challenge(id, row.getString(1), row.getString(2), row.getString(3), row.getBytes(4), row.getBytes(5), row.getTimestamp(6).toInstant());
    }

    private static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new Problem(Kind.INTERNAL, "A certificate that was read does not encode", e);
        }
    }
}
