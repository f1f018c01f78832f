package antin.otp.apppassword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import antin.kernel.Problem;
import antin.kernel.SecretFile;
import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.apppassword.AppPasswords.Issued;
import antin.otp.vault.Vault;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppPasswordsTest {

    private static int people = 200_000;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final AppPasswords passwords = passwords(TestDatabase.vault());
    private static final AppPasswordLives LIVES = new AppPasswordLives(Duration.ofDays(90));

    private final String person = Integer.toString(++people);

    @Test
    void findsAPasswordWithOrWithoutItsDashesInAnyCase() {
        Issued issued = issue(AppScope.IMAP);
        String shown = issued.secret().grouped();
        assertThat(shown).matches("([a-z2-7]{5}-){4}[a-z2-7]{5}");
        for (String typed : new String[] {shown, shown.replace("-", ""), shown.replace('-', ' '), shown.toUpperCase(Locale.ROOT), " " + shown + "\t"}) {
            assertThat(passwords.find(typed, AppScope.IMAP)).as(typed).map(AppPassword::id).hasValue(issued.about().id());
        }
    }

    @Test
    void opensOnlyWhatItsScopesName() {
        assertThat(passwords.find(issue(AppScope.IMAP).secret().grouped(), AppScope.SMTP)).isEmpty();
    }

    @Test
    void findsNothingForARevokedExpiredOrUnfitOne() {
        Issued revoked = issue(AppScope.IMAP);
        Issued old = issue(AppScope.IMAP);
        assertThat(passwords.revoke("another person", revoked.about().id())).isEmpty();
        assertThat(passwords.find(revoked.secret().grouped(), AppScope.IMAP)).isPresent();
        assertThat(passwords.revoke(person, revoked.about().id())).isPresent();
        assertThat(passwords.find(revoked.secret().grouped(), AppScope.IMAP)).isEmpty();
        assertThat(passwords.revoke(person, revoked.about().id())).as("again").isEmpty();
        clock.forward(Duration.ofDays(366));
        assertThat(passwords.find(old.secret().grouped(), AppScope.IMAP)).isEmpty();
        for (String unfit : new String[] {"", "unfit", "x".repeat(100_000), "ábcde-fghij-klmno-pqrst-uvwxy"}) {
            assertThat(passwords.find(unfit, AppScope.IMAP)).isEmpty();
        }
    }

    @Test
    void keepsNoPasswordThatAnybodyCouldRead() {
        String letters = issue(AppScope.IMAP).secret().letters();
        assertThat(TestDatabase.client().sql("SELECT app_password::text FROM app_password").query(String.class).list())
            .noneMatch(row -> row.contains(letters) || row.contains(letters.substring(0, 5) + '-'));
        assertThat(issue(AppScope.IMAP).secret()).hasToString("AppSecret");
    }

    @Test
    void endsAtTheChosenDay() {
        Issued issued = passwords.issue(person, "Điện thoại", Set.of(AppScope.IMAP), Duration.ofDays(7));
        clock.forward(Duration.ofDays(7).minusSeconds(1));
        assertThat(passwords.find(issued.secret().grouped(), AppScope.IMAP)).isPresent();
        clock.forward(Duration.ofSeconds(2));
        assertThat(passwords.find(issued.secret().grouped(), AppScope.IMAP)).isEmpty();
        assertThatThrownBy(() -> passwords.issue(person, "Điện thoại", Set.of(AppScope.IMAP), Duration.ofDays(3650))).isInstanceOf(Problem.class);
    }

    @Test
    void tellsEndedOnesInTheirOrderSoThatOpenConnectionsAreClosed() {
        EndedLogins ended = new EndedLogins(TestDatabase.client(), clock);
        long before = ended.last();
        Issued first = issue(AppScope.IMAP);
        Issued second = issue(AppScope.SMTP);
        passwords.revokeAll(person);
        assertThat(ended.after(before)).extracting(EndedLogins.Ended::person, EndedLogins.Ended::credential)
            .containsExactlyInAnyOrder(tuple(person, first.about().id()), tuple(person, second.about().id()));
        ended.end(person, Optional.empty());
        assertThat(ended.after(before).getLast().credential()).isNull();
        assertThat(ended.after(ended.last())).isEmpty();
    }

    @Test
    void goesOnUnderANewKeyAndIsBroughtOverByItsNextUse(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key");
        SecretFile.write(file, "f".repeat(43));
        Issued issued = passwords(Vault.open(file)).issue(person, "Điện thoại", Set.of(AppScope.IMAP), LIVES.usual());
        SecretFile.write(file, "p".repeat(43) + "\n" + "f".repeat(43));
        AppPasswords after = passwords(Vault.open(file));
        String typed = issued.secret().grouped();
        after.keep(issued.about(), issued.secret());
        assertThat(after.list(person)).as("kept once").hasSize(1);
        assertThat(after.isOne(typed)).isTrue();
        assertThat(after.find(typed, AppScope.IMAP)).map(AppPassword::id).hasValue(issued.about().id());
        SecretFile.write(file, "p".repeat(43));
        assertThat(passwords(Vault.open(file)).find(typed, AppScope.IMAP)).as("the former key is gone").isPresent();
    }

    @Test
    void knowsWhatIsOrWasAnAppPassword() {
        Issued revoked = issue(AppScope.IMAP);
        passwords.revoke(person, revoked.about().id());
        assertThat(passwords.isOne(revoked.secret().grouped())).isTrue();
        assertThat(passwords.isOne("abcde-fghij-klmno-pqrst-uvwxy")).isFalse();
        assertThat(passwords.isOne("")).isFalse();
    }

    @Test
    void refusesMoreThanAPersonCanOversee() {
        for (int i = 0; i < AppPasswords.MOST_PER_PERSON; i++) {
            issue(AppScope.IMAP);
        }
        assertThatThrownBy(() -> issue(AppScope.IMAP)).isInstanceOf(Problem.class).hasMessageStartingWith("CONFLICT");
    }

    /** Whoever sees a password can use it: one that the directory does not know is not shown. */
    @Test
    void makesNoneForAnAddressBookWhileTheDirectoryIsAway() {
        assertThatThrownBy(() -> issue(AppScope.ADDRESS_BOOK)).isInstanceOf(Problem.class).hasMessageStartingWith("PEER_UNAVAILABLE");
        assertThat(passwords.list(person)).isEmpty();
        assertThat(passwords.addressBooks()).isEmpty();
    }

    @Test
    void refusesNoNameAndNoScope() {
        assertThatThrownBy(() -> passwords.issue(person, " ", EnumSet.allOf(AppScope.class), LIVES.usual())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> passwords.issue(person, "Điện thoại", Set.of(), LIVES.usual())).isInstanceOf(Problem.class);
    }

    @Test
    void makesNoneThatLastsLongerThanThePolicyLetsItOrThanIsOffered() {
        assertThat(LIVES.offered()).containsExactly(Duration.ofDays(7), Duration.ofDays(30), Duration.ofDays(90));
        assertThat(new AppPasswordLives(Duration.ofDays(365)).offered()).hasSize(4).endsWith(Duration.ofDays(365));
        assertThat(new AppPasswordLives(Duration.ofDays(365)).usual()).isEqualTo(Duration.ofDays(90));
        assertThat(new AppPasswordLives(Duration.ofDays(14)).offered()).containsExactly(Duration.ofDays(7), Duration.ofDays(14));
        assertThat(new AppPasswordLives(Duration.ofDays(14)).usual()).isEqualTo(Duration.ofDays(14));
        for (Duration life : List.of(Duration.ofDays(365), Duration.ofDays(91), Duration.ofDays(8), Duration.ZERO, Duration.ofDays(-7))) {
            assertThatThrownBy(() -> passwords.issue(person, "Điện thoại", Set.of(AppScope.IMAP), life)).as(life.toString()).isInstanceOf(Problem.class).hasMessageStartingWith("MALFORMED_REQUEST");
        }
        assertThat(passwords.list(person)).isEmpty();
        assertThat(passwords.issue(person, "Điện thoại", Set.of(AppScope.IMAP), Duration.ofDays(90)).about().expires()).contains(clock.instant().plus(Duration.ofDays(90)));
    }

    @Test
    void makesEachPasswordAnew() {
        assertThat(AppSecret.random(new SecureRandom())).isNotEqualTo(AppSecret.random(new SecureRandom()));
    }

    private Issued issue(AppScope scope) {
        return passwords.issue(person, "Điện thoại", Set.of(scope), LIVES.usual());
    }

    private AppPasswords passwords(Vault vault) {
        return new AppPasswords(TestDatabase.client(), TestDatabase.transactions(), vault, NoDirectory.AWAY, new EndedLogins(TestDatabase.client(), clock), LIVES, clock);
    }
}
