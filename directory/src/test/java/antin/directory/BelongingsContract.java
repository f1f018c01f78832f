package antin.directory;

import static antin.directory.RegisterContract.assertRefused;
import static antin.directory.RegisterContract.person;
import static antin.directory.RegisterContract.unit;
import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.Refusal.Reason;
import antin.directory.opendj.TestAuthority;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every adapter does with what a person has besides the entry: password, photo, certificates. */
public interface BelongingsContract {

    /** As backbone. */
    Register register();

    /** As mail-server. */
    Directory directory();

    @Test
    default void setsAPasswordAndTellsWhen() {
        PersonEntry person = register().add(person(register().add(unit(null)).id()));
        assertThat(directory().authenticate(person.number(), "Mật-khẩu-mới-2026")).isEmpty();
        Instant before = Instant.now().minusSeconds(2);
        assertThat(register().passwordChanged(person.number()).filter(before::isBefore)).as("there is none").isEmpty();
        register().setPassword(person.number(), "Mật-khẩu-mới-2026");
        assertThat(directory().authenticate(person.number(), "Mật-khẩu-mới-2026")).map(Person::number).contains(person.number());
        assertThat(register().passwordChanged(person.number())).hasValueSatisfying(changed -> assertThat(changed).isBetween(before, Instant.now().plusSeconds(2)));
        assertThat(register().person(person.number())).as("the revision is of the entry").contains(person);
        assertRefused("password", Reason.MISSING, () -> register().setPassword(person.number(), ""));
        assertRefused("password", Reason.TOO_LONG, () -> register().setPassword(person.number(), "x".repeat(513)));
        assertRefused("password", Reason.CONTROL_CHARACTER, () -> register().setPassword(person.number(), "Mật-khẩu\0-2026"));
        assertRefused("number", Reason.UNKNOWN_PERSON, () -> register().setPassword("959999999", "Mật-khẩu-mới-2026"));
    }

    @Test
    default void keepsAPhoto() {
        PersonEntry person = register().add(person(register().add(unit(null)).id()));
        assertThat(register().photo(person.number())).isEmpty();
        byte[] jpeg = new byte[100 * 1024];
        jpeg[0] = (byte) 0xFF;
        jpeg[1] = (byte) 0xD8;
        register().setPhoto(person.number(), jpeg);
        assertThat(register().photo(person.number())).hasValue(jpeg);
        assertRefused("photo", Reason.TOO_LONG, () -> register().setPhoto(person.number(), new byte[100 * 1024 + 1]));
        register().setPhoto(person.number(), new byte[0]);
        assertThat(register().photo(person.number())).isEmpty();
        assertRefused("number", Reason.UNKNOWN_PERSON, () -> register().setPhoto("959999999", jpeg));
    }

    @Test
    default void keepsCertificates() throws CertificateEncodingException {
        PersonEntry person = register().add(person(register().add(unit(null)).id()));
        byte[] one = new TestAuthority("CN=Một").certificate().getEncoded();
        byte[] two = new TestAuthority("CN=Hai").certificate().getEncoded();
        register().setCertificates(person.number(), List.of(one, two));
        assertThat(register().certificates(person.number())).containsExactlyInAnyOrder(one, two);
        register().setCertificates(person.number(), List.of(two));
        assertThat(register().certificates(person.number())).containsExactly(two);
        assertRefused("certificate", Reason.MALFORMED, () -> register().setCertificates(person.number(), List.of(new byte[] {0x30, 0x00})));
        register().setCertificates(person.number(), List.of());
        assertThat(register().certificates(person.number())).isEmpty();
    }
}
