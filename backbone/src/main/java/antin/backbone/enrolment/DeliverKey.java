package antin.backbone.enrolment;

import antin.ca.enrol.MailKey;
import antin.ca.recovery.Envelope;
import antin.ca.recovery.KeyRecovery;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.otp.login.Outcomes;
import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.security.auth.x500.X500Principal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A key for decrypting mail that is made here, since its loss would be the loss of every letter: kept in the recovery archive, and given to its owner once as PKCS#12. Never for
 * keys that sign. The password is shown on one page and the file given on the next request, so that neither the database nor that page alone holds the key. Safe for use by many
 * threads and several processes.
 */
public final class DeliverKey {

    private static final String USE = "mail key delivery";
    private static final Duration WAITS = Duration.ofDays(7);
    private static final int PASSWORD_LETTERS = 20;
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"; // none that looks like another; 99 bits

    private final JdbcClient database;
    private final EnrolledRows rows;
    private final Enrol enrol;
    private final KeyRecovery recovery;
    private final Vault vault;
    private final Outcomes outcomes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public DeliverKey(JdbcClient database, EnrolledRows rows, Enrol enrol, KeyRecovery recovery, Vault vault, Outcomes outcomes, Clock clock) {
        this.database = database;
        this.rows = rows;
        this.enrol = enrol;
        this.recovery = recovery;
        this.vault = vault;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /** Makes key and certificate. Throws {@link Problem} PEER_UNAVAILABLE where the authority is away: what it was asked by then it is asked again. */
    public Enrolled make(String person, X500Principal subject, List<String> emails, String from) {
        X509Certificate archive = recovery.certificate();
        MailKey key = MailKey.make(random);
        byte[] pkcs8 = key.pkcs8();
        byte[] envelope = Envelope.seal(person, pkcs8, archive, random);
        return enrol.enrol(new Enrol.Wish(Owner.person(person), CertificateKind.MAIL_ENCRYPTION, subject, emails, List.of(), key.request(subject, emails), person, from), id -> {
            database.sql("INSERT INTO recovery_archive (certificate, envelope) VALUES (?, ?)").params(id, envelope).update();
            put(id, person, "key", pkcs8);
        });
    }

    /** What is in the archive, to have it opened. */
    Optional<byte[]> envelope(UUID certificate) {
        return database.sql("SELECT envelope FROM recovery_archive WHERE certificate = ?").param(certificate).query((row, number) -> row.getBytes(1)).optional();
    }

    /** Whether this person may still fetch the key of this certificate. */
    public boolean waits(UUID certificate, String person) {
        return database.sql("SELECT count(*) FROM key_delivery WHERE certificate = ? AND person = ? AND stage = 'key' AND expires > ?").params(certificate, person, Timestamp.from(clock.instant()))
            .query(Integer.class).single() > 0;
    }

    /** Makes the file and returns its password, for one caller; CONFLICT for every other. */
    public String password(Enrolled certificate, String person, String from) {
        List<X509Certificate> chain = certificate.issued().orElseThrow(() -> new Problem(Kind.CONFLICT, "The certificate is not there yet.")).certificates();
        byte[] pkcs8 = take(certificate.id(), person, "key");
        String password = newPassword();
        put(certificate.id(), person, "file", MailKey.pkcs12(pkcs8, "mail-" + certificate.owner().id(), password.toCharArray(), chain));
        outcomes.tell("key.password-shown", "done", person, from, Map.of("serial", certificate.issued().get().serial(), "owner", certificate.owner().id()));
        return password;
    }

    /** The file, for one caller; CONFLICT for every other. */
    public byte[] file(Enrolled certificate, String person, String from) {
        byte[] file = take(certificate.id(), person, "file");
        outcomes.tell("key.delivered", "done", person, from, Map.of("serial", certificate.issued().map(Enrolled.Issued::serial).orElse(""), "owner", certificate.owner().id()));
        return file;
    }

    /** For a recovered key, which goes to who asked. */
    void offer(UUID certificate, String person, byte[] pkcs8) {
        put(certificate, person, "key", pkcs8);
    }

    /** Forgets what nobody fetched in time. */
    public void sweep() {
        database.sql("DELETE FROM key_delivery WHERE expires <= ?").param(Timestamp.from(clock.instant())).update();
    }

    private void put(UUID certificate, String person, String stage, byte[] secret) {
        Sealed sealed = vault.seal(USE, certificate.toString(), secret);
        database.sql("""
                INSERT INTO key_delivery (certificate, person, stage, key_id, sealed, expires) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (certificate) DO UPDATE
                SET person = excluded.person, stage = excluded.stage, key_id = excluded.key_id, sealed = excluded.sealed, expires = excluded.expires
                """)
            .params(certificate, person, stage, sealed.keyId(), sealed.bytes(), Timestamp.from(clock.instant().plus(WAITS))).update();
    }

    private byte[] take(UUID certificate, String person, String stage) {
        Sealed sealed = database.sql("DELETE FROM key_delivery WHERE certificate = ? AND person = ? AND stage = ? AND expires > ? RETURNING key_id, sealed")
            .params(certificate, person, stage, Timestamp.from(clock.instant())).query((row, number) -> new Sealed(row.getString(1), row.getBytes(2))).optional()
            .orElseThrow(() -> new Problem(Kind.CONFLICT, "This was fetched already, or waited too long."));
        return vault.open(USE, certificate.toString(), sealed);
    }

    private String newPassword() {
        StringBuilder password = new StringBuilder();
        for (int letter = 0; letter < PASSWORD_LETTERS; letter++) {
            password.append(letter > 0 && letter % 5 == 0 ? "-" : "").append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return password.toString();
    }
}
