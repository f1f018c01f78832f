package antin.otp.factor;

import antin.otp.vault.Sealed;
import antin.otp.vault.Vault;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A device on its way: its secret is made and shown, and counts once a code of it was typed. One a person at a time, sealed, for a quarter of an hour. */
public final class Enrolments {

    private static final String USE = "factor-enrolment";
    private static final Duration VALID = Duration.ofMinutes(15);

    /** What the page shows. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Begun(DeviceKind kind, byte[] secret) {

        /** In groups, to be typed where there is no camera. */
        public String text() {
            return Base32.encode(secret).replaceAll("(.{4})(?=.)", "$1 ");
        }

        /** What an app reads from the picture (Google Authenticator's "Key Uri Format", which all of them took over). */
        public String uri(String account) {
            String label = encoded("Ấn Tín") + ':' + encoded(account);
            return "otpauth://" + kind.word() + '/' + label + "?secret=" + Base32.encode(secret) + "&issuer=" + encoded("Ấn Tín") + (kind == DeviceKind.HOTP ? "&counter=0" : "");
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }
    }

    private final JdbcClient database;
    private final Vault vault;
    private final Devices devices;
    private final OneTimeCodes codes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Enrolments(JdbcClient database, Vault vault, Devices devices, OneTimeCodes codes, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.devices = devices;
        this.codes = codes;
        this.clock = clock;
    }

    /** The one that was begun, or a new one: a reload shows the same picture. */
    public Begun begin(String person, DeviceKind kind) {
        return begun(person).filter(begun -> begun.kind() == kind).orElseGet(() -> {
            byte[] secret = OneTimeCodes.randomSecret(random);
            Sealed sealed = vault.seal(USE, person + ' ' + kind.word(), secret);
            database.sql("""
                    INSERT INTO factor_enrolment (person, kind, key_id, sealed, expires) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (person) DO UPDATE SET kind = excluded.kind, key_id = excluded.key_id, sealed = excluded.sealed, expires = excluded.expires
                    """).params(person, kind.word(), sealed.keyId(), sealed.bytes(), Timestamp.from(clock.instant().plus(VALID))).update();
            return new Begun(kind, secret);
        });
    }

    public Optional<Begun> begun(String person) {
        return database.sql("SELECT kind, key_id, sealed FROM factor_enrolment WHERE person = ? AND expires > ?").params(person, Timestamp.from(clock.instant()))
            .query((row, number) -> new Begun(DeviceKind.of(row.getString("kind")).orElseThrow(),
                vault.open(USE, person + ' ' + row.getString("kind"), new Sealed(row.getString("key_id"), row.getBytes("sealed"))))).optional();
    }

    /** The device counts from now on; empty where the code is not its, or nothing is begun. The code is used by that. */
    public Optional<Device> confirm(String person, String name, String code) {
        Optional<Begun> begun = begun(person);
        OptionalLong step = begun.isEmpty() ? OptionalLong.empty() : codes.confirms(begun.get().kind(), begun.get().secret(), code);
        if (begun.isEmpty() || step.isEmpty() || database.sql("DELETE FROM factor_enrolment WHERE person = ?").param(person).update() == 0) {
            return Optional.empty();
        }
        return Optional.of(devices.add(person, begun.get().kind(), name, begun.get().secret(), step.getAsLong()));
    }

    public void forget(String person) {
        database.sql("DELETE FROM factor_enrolment WHERE person = ?").param(person).update();
    }
}
