package antin.otp.apppassword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import antin.kernel.Problem;
import antin.otp.MovableClock;
import antin.otp.TestDatabase;
import antin.otp.apppassword.AppPasswords.Issued;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppPasswordsTest {

    private static int people = 200_000;

    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-22T03:00:00Z"));
    private final AppPasswords passwords = new AppPasswords(TestDatabase.client(), TestDatabase.vault(), NoDirectory.AWAY, clock);
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
    void remembersTheLastUseToTheHour() {
        Issued issued = issue(AppScope.IMAP);
        Instant first = clock.instant();
        passwords.used(found(issued));
        clock.forward(Duration.ofMinutes(30));
        passwords.used(found(issued));
        assertThat(found(issued).lastUsed()).hasValue(first);
        clock.forward(Duration.ofMinutes(31));
        passwords.used(found(issued));
        assertThat(found(issued).lastUsed()).hasValue(clock.instant());
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
        assertThatThrownBy(() -> passwords.issue(person, " ", EnumSet.allOf(AppScope.class))).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> passwords.issue(person, "Điện thoại", Set.of())).isInstanceOf(Problem.class);
    }

    @Test
    void makesEachPasswordAnew() {
        assertThat(AppSecret.random(new SecureRandom())).isNotEqualTo(AppSecret.random(new SecureRandom()));
    }

    private Issued issue(AppScope scope) {
        return passwords.issue(person, "Điện thoại", Set.of(scope));
    }

    private AppPassword found(Issued issued) {
        return passwords.find(issued.secret().grouped(), AppScope.IMAP).orElseThrow();
    }
}
