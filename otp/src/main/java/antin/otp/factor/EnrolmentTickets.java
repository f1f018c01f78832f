package antin.otp.factor;

import antin.otp.vault.Vault;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets somebody without a second factor enrol the first one: 128 bits that an administrator's approved reset hands over, valid for a day. With the
 * password and a ticket one gets the page for enrolling and nothing else; the first confirmed device uses it up.
 */
public final class EnrolmentTickets {

    private static final String USE = "enrolment-ticket";
    private static final Duration VALID = Duration.ofHours(24);
    private static final int BYTES = 16;

    private final JdbcClient database;
    private final Vault vault;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public EnrolmentTickets(JdbcClient database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    /** A ticket for this person's number; those before are void. As text to hand over, once. */
    public String issue(String person) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base32.encode(bytes).toLowerCase(Locale.ROOT);
        database.sql("DELETE FROM enrolment_ticket WHERE person = ?").param(person).update();
        database.sql("INSERT INTO enrolment_ticket (hash, person, expires) VALUES (?, ?, ?)")
            .params(hash(person, ticket), person, Timestamp.from(clock.instant().plus(VALID))).update();
        return ticket.replaceAll("(.{5})(?=.)", "$1-");
    }

    /** Whether it is this person's and still good. It stays so until something is enrolled with it. */
    public boolean admits(String person, String typed) {
        return vault.hashes(USE, person + ' ' + plain(typed)).stream().anyMatch(hash -> database.sql("SELECT count(*) FROM enrolment_ticket WHERE hash = ? AND person = ? AND expires > ?")
            .params(hash, person, Timestamp.from(clock.instant())).query(Integer.class).single() == 1);
    }

    /** True for exactly one caller: what they enrol counts. */
    public boolean use(String person) {
        return database.sql("DELETE FROM enrolment_ticket WHERE person = ? AND expires > ?").params(person, Timestamp.from(clock.instant())).update() > 0;
    }

    private byte[] hash(String person, String ticket) {
        return vault.hash(USE, person + ' ' + ticket);
    }

    private static String plain(String typed) {
        return typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }
}
