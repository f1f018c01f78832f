package antin.directory.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.directory.Levels;
import antin.directory.PersonEntry;
import antin.directory.Refusal;
import antin.directory.Refusal.Reason;
import antin.directory.Role;
import antin.kernel.Problem;
import antin.kernel.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    private static final Set<Role> STAFF = Set.of(Role.STAFF);
    private static final PersonEntry OWNER = new PersonEntry("100001", "Nguyễn Văn Thành", "Nguyễn", "Thành", "thanh.nguyen@city.example",
        List.of("chutich@city.example"), "ubnd-tp", "", "", "", STAFF, true, "vi", List.of(), List.of(), 1);

    @Test
    void takesEightCharactersOfStaffAndFourteenOfFourClassesOfAdministrators() {
        assertFits(STAFF, "khoaimon");
        assertRefused(STAFF, "khoaimo", Reason.TOO_SHORT);
        for (Role role : List.of(Role.CITY_ADMINISTRATOR, Role.DISTRICT_ADMINISTRATOR, Role.COMMUNE_ADMINISTRATOR, Role.AUDITOR)) {
            Set<Role> both = Set.of(role, Role.STAFF);
            assertFits(both, "Khoai-mon-2026");
            assertRefused(both, "Khoai-mon-202", Reason.TOO_SHORT);
            assertRefused(both, "khoai-mon-2026", Reason.TOO_SIMPLE);
            assertRefused(both, "KHOAI-MON-2026", Reason.TOO_SIMPLE);
            assertRefused(both, "Khoai-mon-nuong", Reason.TOO_SIMPLE);
            assertRefused(both, "Khoaimonnuong2026", Reason.TOO_SIMPLE);
        }
    }

    @Test
    void countsVietnameseLettersForWhatTheyAre() {
        assertFits(Set.of(Role.AUDITOR), "Đ0ễ ềềềềềềềềềề");
    }

    /** RFC 8265, 4.2.2. One keyboard sends a letter as one character, another as three: the length and the password are the same. */
    @Test
    void takesComposedAndDecomposedLettersForTheSame() {
        String decomposed = Normalizer.normalize("ếếếếếếế", Normalizer.Form.NFD);
        assertThat(decomposed).hasSize(21);
        assertRefused(STAFF, decomposed, Reason.TOO_SHORT);
        assertThat(PasswordPolicy.normalised(decomposed + "\u00a0\u3000")).isEqualTo("ếếếếếếế  ");
        assertThat(PasswordPolicy.normalised("Ａ")).as("wide letters stay").isEqualTo("Ａ");
    }

    @Test
    void countsACharacterBeyondTheFirstPlaneOnce() {
        assertRefused(STAFF, "🍜🍜🍜🍜🍜🍜🍜", Reason.TOO_SHORT);
        assertFits(STAFF, "🍜🍜🍜🍜🍜🍜🍜🍜");
    }

    @ParameterizedTest
    @ValueSource(strings = {"matkhau1\0", "mat\tkhau1", "mat\u200bkhau1", "mat\u2028khau1", "mat\ud800khau1"})
    void refusesWhatNobodySees(String password) {
        assertRefused(STAFF, password, Reason.CONTROL_CHARACTER);
    }

    @Test
    void refusesMoreThanTheDirectoryTakes() {
        assertFits(STAFF, "x".repeat(512));
        assertRefused(STAFF, "x".repeat(513), Reason.TOO_LONG);
        assertRefused(STAFF, "ấ".repeat(171), Reason.TOO_LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x100001x", "NGUYENvanthanh", "nguyễn văn thành!", "Thành-2026", "thanh2026", "xx.Thanh.Nguyen.xx", "ChuTich!!"})
    void refusesWhatIsKnownOfTheOwner(String password) {
        assertRefused(STAFF, password, Reason.CONTAINS_NAME);
    }

    @Test
    void doesNotMindShortNames() {
        assertFits(STAFF, "khoai van mon");
    }

    @ParameterizedTest
    @EnumSource
    void makesTemporaryPasswordsThatFitEverybody(Role role) {
        Set<String> made = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            String password = TemporaryPassword.generate(PasswordPolicy.LEVEL_3, new SecureRandom());
            assertThat(password).hasSize(16);
            assertFits(Set.of(role), password);
            made.add(password);
        }
        assertThat(made).hasSize(1_000);
    }

    @Test
    void readsItsKeysAndFallsBackToTheBaseline(@TempDir Path home) throws IOException {
        assertThat(read(home, "")).isEqualTo(PasswordPolicy.LEVEL_3);
        assertThat(read(home, """
            password.shortest=10
            password.shortest-administrator=16
            password.history=24
            password.idle-days=30
            password.oldest-days-administrator=90
            password.lock-after=6
            password.lock-minutes=20
            """)).isEqualTo(new PasswordPolicy(10, 16, 24, 30, 90, 6, Duration.ofMinutes(20)));
        assertThatThrownBy(() -> read(home, "password.lock-after=2\n")).isInstanceOf(Problem.class).hasMessageContaining("password.lock-after");
        assertThatThrownBy(() -> read(home, "password.shortest=20\n")).isInstanceOf(Problem.class).hasMessageContaining("password.shortest-administrator");
        assertThatThrownBy(() -> read(home, "password.shortest=eight\n")).isInstanceOf(Problem.class).hasMessageContaining("password.shortest");
    }

    @Test
    void readsTheLevelsFromTheSameFile(@TempDir Path home) throws IOException {
        Path file = Files.createDirectories(home.resolve("conf")).resolve("directory.properties");
        assertThat(DirectoryPolicy.read(file)).as("no file").isEqualTo(DirectoryPolicy.SHIPPED);
        Files.writeString(file, "levels=city, commune\n");
        assertThat(DirectoryPolicy.read(file)).isEqualTo(new DirectoryPolicy(new Levels(List.of("city", "commune")), PasswordPolicy.LEVEL_3));
        Files.writeString(file, "password.shortestt=9\n");
        assertThatThrownBy(() -> DirectoryPolicy.read(file)).isInstanceOf(Problem.class).hasMessageContaining("Did you mean password.shortest?");
    }

    private static PasswordPolicy read(Path home, String text) throws IOException {
        Path file = Files.createDirectories(home.resolve("conf")).resolve("directory.properties");
        Files.writeString(file, text);
        return PasswordPolicy.read(Settings.read(file));
    }

    private static void assertFits(Set<Role> roles, String password) {
        assertThatCode(() -> PasswordPolicy.LEVEL_3.check(roles, password, OWNER)).as(password).doesNotThrowAnyException();
    }

    private static void assertRefused(Set<Role> roles, String password, Reason reason) {
        assertThatThrownBy(() -> PasswordPolicy.LEVEL_3.check(roles, password, OWNER)).as(password)
            .isInstanceOfSatisfying(Refusal.class, refusal -> {
                assertThat(refusal.reason()).isEqualTo(reason);
                assertThat(refusal.field()).isEqualTo("password");
            });
    }
}
