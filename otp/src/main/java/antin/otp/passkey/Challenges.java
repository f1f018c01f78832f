package antin.otp.passkey;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;

/** What authenticators were asked to sign. Each is answered once, by the person and for the use that it was made for, within five minutes. */
final class Challenges {

    static final Duration VALID = Duration.ofMinutes(5);

    /** What a signature is for. */
    enum Use {
        ENROLMENT, SECOND, ALONE
    }

    private final JdbcClient database;
    private final Clock clock;

    Challenges(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param person empty where nobody has logged in yet */
    void keep(Bytes challenge, Use use, Optional<String> person) {
        database.sql("INSERT INTO passkey_challenge (challenge, person, use, expires) VALUES (?, ?, ?, ?)")
            .params(challenge.getBytes(), person.orElse(""), use.name(), Timestamp.from(clock.instant().plus(VALID))).update();
    }

    /** True for exactly one caller. */
    boolean take(Bytes challenge, Use use, Optional<String> person) {
        return database.sql("DELETE FROM passkey_challenge WHERE challenge = ? AND use = ? AND person = ? AND expires > ?")
            .params(challenge.getBytes(), use.name(), person.orElse(""), Timestamp.from(clock.instant())).update() == 1;
    }
}
