package antin.otp.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.Person;
import antin.directory.Role;
import antin.directory.Unit;
import antin.kernel.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginPolicyTest {

    private static final String OFFICE = "networks=office\nnetwork.office=10.0.0.0/8, 2001:db8::/32\n";

    @TempDir
    private Path home;

    @Test
    void shipsTheBaselineOfLevel3() throws IOException {
        LoginPolicy policy = LoginPolicy.read(home.resolve("conf/login.properties"));
        assertThat(policy.idle(person(Role.STAFF))).isEqualTo(Duration.ofMinutes(15));
        assertThat(policy.idle(person(Role.AUDITOR))).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.longest(person(Role.STAFF))).isEqualTo(Duration.ofHours(8));
        assertThat(policy.second(person(Role.STAFF), "192.0.2.1")).containsExactlyInAnyOrder(Factor.CODE, Factor.BACKUP_CODE, Factor.PASSKEY, Factor.CERTIFICATE);
        assertThat(policy.passkeyAlone(person(Role.STAFF), "192.0.2.1")).isFalse();
        assertThat(policy.appPasswords(person(Role.STAFF), "192.0.2.1")).isTrue();
        assertThat(policy.longestAppPassword()).isEqualTo(Duration.ofDays(90));
        assertThat(read("app-passwords.longest=P30D\n").longestAppPassword()).isEqualTo(Duration.ofDays(30));
        assertThat(read("").second(person(Role.STAFF), "192.0.2.1")).as("an empty file says the same").hasSize(4);
    }

    @Test
    void admitsByRoleUnitAndNetwork() throws IOException {
        LoginPolicy policy = read(OFFICE + """
            second=code, backup-code, passkey, sms-code
            second.outside=passkey, code
            second.city-administrator=passkey
            units=so-noi-vu
            second.unit.so-noi-vu=passkey, sms-code
            """);
        assertThat(policy.second(person(Role.STAFF), "10.2.3.4")).containsExactlyInAnyOrder(Factor.CODE, Factor.BACKUP_CODE, Factor.PASSKEY, Factor.SMS_CODE);
        assertThat(policy.second(person(Role.STAFF), "2001:db8:1::7")).hasSize(4);
        assertThat(policy.second(person(Role.STAFF), "11.2.3.4")).containsExactlyInAnyOrder(Factor.CODE, Factor.PASSKEY);
        assertThat(policy.second(person(Role.CITY_ADMINISTRATOR), "10.2.3.4")).containsExactly(Factor.PASSKEY);
        Person inUnit = new Person("1", "A", "a@city.example", List.of("a@city.example"), new Unit("so-noi-vu", "Sở", "city"), Set.of(Role.STAFF), "vi");
        assertThat(policy.second(inUnit, "10.2.3.4")).containsExactlyInAnyOrder(Factor.PASSKEY, Factor.SMS_CODE);
        assertThat(policy.second(inUnit, "192.0.2.1")).containsExactly(Factor.PASSKEY);
    }

    @Test
    void letsAPasskeyBeTheOnlyStepForNamedRolesAndNetworksAndNeverForAdministrators() throws IOException {
        LoginPolicy policy = read(OFFICE + "passkey-alone=staff, leader\npasskey-alone.networks=office\n");
        assertThat(policy.passkeyAlone(person(Role.STAFF), "10.0.0.1")).isTrue();
        assertThat(policy.passkeyAlone(person(Role.STAFF), "192.0.2.1")).isFalse();
        assertThat(policy.passkeyAlone(person(Role.CLERK), "10.0.0.1")).isFalse();
        assertThat(policy.passkeyAlone(person(Role.STAFF, Role.AUDITOR), "10.0.0.1")).isFalse();
    }

    @Test
    void turnsAppPasswordsOffByRoleAndOutsideOfNetworks() throws IOException {
        LoginPolicy policy = read(OFFICE + "app-passwords.off=city-administrator\napp-passwords.networks=office\n");
        assertThat(policy.appPasswords(person(Role.STAFF), "10.0.0.1")).isTrue();
        assertThat(policy.appPasswords(person(Role.STAFF), "192.0.2.1")).isFalse();
        assertThat(policy.appPasswords(person(Role.CITY_ADMINISTRATOR), "10.0.0.1")).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {"second=password|must hold some of", "second=pasword|must hold some of code, backup-code", "secnd=code|Did you mean second?",
        "age.signing=8 hours|a duration such as PT15M", "age.signing=P9D|must be from", "session.idle=PT0S|must be from", "network.office=10.0.0.0/8|is unknown", "app-passwords.longest=P2Y|a duration such as", "app-passwords.longest=P366D|must be from", "app-passwords.longest=PT36H|must be of whole days",
        "networks=office|network.office in conf/login.properties is missing", "passkey-alone=auditor|must not name administrators", "passkey-alone=boss|must hold some of city-administrator",
        "passkey-alone.networks=home|which the key networks does not", "units=a|second.unit.a in conf/login.properties is missing", "second.outside=certificate, sms-code|''"})
    void refusesWhatIsWrongInOneSentence(String line, String words) throws IOException {
        if (!words.isEmpty()) {
            assertThatThrownBy(() -> read(line + "\n")).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.detail()).contains(words));
        } else {
            assertThat(read(line + "\n").second(person(Role.STAFF), "192.0.2.1")).containsExactly(Factor.CERTIFICATE);
        }
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1/8", "10.0.0.0/33", "office", "2001:db8::/129", "10.0.0.0/8/8", "10.0.0.0/-1"})
    void refusesANetworkThatIsNone(String network) {
        assertThatThrownBy(() -> read("networks=office\nnetwork.office=" + network + "\n")).isInstanceOf(Problem.class);
    }

    @Test
    void refusesAPolicyThatLocksPeopleOut() {
        assertThatThrownBy(() -> read("second=code,passkey\nsecond.leader=passkey\nsecond.outside=code\n")).isInstanceOfSatisfying(Problem.class,
            problem -> assertThat(problem.detail()).contains("leave no second factor"));
    }

    private LoginPolicy read(String text) throws IOException {
        Path file = Files.createDirectories(home.resolve("conf")).resolve("login.properties");
        Files.writeString(file, text);
        return LoginPolicy.read(file);
    }

    private static Person person(Role... roles) {
        return new Person("1", "A", "a@city.example", List.of("a@city.example"), new Unit("ubnd-tp", "UBND", "city"), Set.of(roles), "vi");
    }
}
