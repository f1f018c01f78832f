package antin.otp.apppassword;

import antin.directory.Person;
import antin.otp.notice.Notices;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * When and from where app passwords are used: written once an hour for each password and network, since mail programs log in all the time. The first use from a network that
 * the owner never came from is told to them by mail, once a network, in the same transaction. Safe for use by many threads and several processes.
 */
public final class AppPasswordUse {

    private record Place(UUID password, String network) {
    }

    static final Duration GRAIN = Duration.ofHours(1);
    /** A network that was left so long ago is new again. */
    private static final Duration KNOWN = Duration.ofDays(180);
    private static final int MOST = 100_000;

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Notices notices;
    private final Clock clock;
    /** Only to spare the database the question: what is not here is asked there. */
    private final Map<Place, Instant> written = new ConcurrentHashMap<>();

    public AppPasswordUse(JdbcClient database, TransactionOperations transactions, Notices notices, Clock clock) {
        this.database = database;
        this.transactions = transactions;
        this.notices = notices;
        this.clock = clock;
    }

    /** @param address the mail program's own; says whether it came from a network that is new for the owner */
    public boolean remember(AppPassword password, Person owner, AppScope scope, String address) {
        Optional<String> network = ClientNetwork.of(address);
        Place place = new Place(password.id(), network.orElse("here"));
        Instant now = clock.instant();
        Instant last = written.get(place);
        if (last != null && last.isAfter(now.minus(GRAIN)) && !last.isAfter(now)) {
            return false;
        }
        boolean isNew = transactions.execute(transaction -> write(password, owner, scope, address, network, now));
        if (written.size() >= MOST) {
            written.clear();
        }
        written.put(place, now);
        return isNew;
    }

    /** Where the owner made it with both factors nothing has to be told. */
    public void know(String person, String address) {
        ClientNetwork.of(address).ifPresent(network -> isNew(person, network, clock.instant()));
    }

    /** Removes networks that were left long ago. */
    public void sweep() {
        Timestamp past = Timestamp.from(clock.instant().minus(KNOWN));
        database.sql("DELETE FROM app_password_use WHERE last_used < ?").param(past).update();
        database.sql("DELETE FROM app_password_network WHERE last_used < ?").param(past).update();
    }

    private boolean write(AppPassword password, Person owner, AppScope scope, String address, Optional<String> network, Instant now) {
        int due = database.sql("""
                INSERT INTO app_password_use (password, network, last_used) VALUES (?, ?, ?)
                ON CONFLICT (password, network) DO UPDATE SET last_used = excluded.last_used WHERE app_password_use.last_used <= ?
                """)
            .params(password.id(), network.orElse("here"), Timestamp.from(now), Timestamp.from(now.minus(GRAIN))).update();
        if (due == 0) {
            return false; // another process was here within the hour
        }
        database.sql("UPDATE app_password SET last_used = ?, last_scope = ?, last_address = ? WHERE id = ?")
            .params(Timestamp.from(now), scope.word(), ClientNetwork.shown(address), password.id()).update();
        if (network.isEmpty() || !isNew(owner.number(), network.get(), now)) {
            return false;
        }
        FirstUseLetter letter = FirstUseLetter.of(owner.language(), password, scope, ClientNetwork.shown(address), now);
        notices.send(owner.number(), letter.subject(), letter.text());
        return true;
    }

    private boolean isNew(String person, String network, Instant now) {
        return database.sql("""
                INSERT INTO app_password_network (person, network, first_used, last_used) VALUES (?, ?, ?, ?)
                ON CONFLICT (person, network) DO UPDATE SET last_used = excluded.last_used RETURNING first_used = last_used
                """)
            .params(person, network, Timestamp.from(now), Timestamp.from(now)).query(Boolean.class).single();
    }
}
