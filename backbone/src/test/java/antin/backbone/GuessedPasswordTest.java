package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.ldap.LdapDirectory;
import antin.directory.opendj.TestDirectory.TestPerson;
import antin.kernel.audit.AuditLog;
import antin.otp.apppassword.AppPasswordLives;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.EndedLogins;
import antin.otp.login.CheckPassword;
import antin.otp.factor.BackupCodes;
import antin.otp.factor.Devices;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.factor.OneTimeCodes;
import antin.otp.login.ActivePeople;
import antin.otp.login.Activity;
import antin.otp.login.LogIn;
import antin.otp.login.LoginAnswer;
import antin.otp.login.Outcomes;
import antin.otp.passkey.Passkeys;
import antin.otp.policy.LoginPolicy;
import java.net.URI;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodes;
import antin.otp.throttle.PasswordBudget;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Vault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Strangers everywhere guess at one person's password, with the real directory, which locks after five, and the real database. */
class GuessedPasswordTest {

    private static final String OFFICE = "192.0.2.77";

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestPerson person = backbone.directory.person("manh.do");

    @TempDir
    private Path folder;

    @Test
    void aThousandWrongTriesFromEverywhereNeitherLockTheAccountNorKeepItsOwnerOut() throws Exception {
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
            AuditLog audit = AuditLog.open(folder, "test", Clock.systemUTC())) {
            LogIn logIn = logIn(directory, audit);
            assertThat(logIn.password(person.address(), person.password(), OFFICE)).isInstanceOf(LoginAnswer.Accepted.class);
            List<String> names = List.of(person.number(), person.address(), "manh.do@" + person.unit() + ".city.example", person.address().toUpperCase(Locale.ROOT));
            List<Callable<LoginAnswer>> tries = IntStream.range(0, 1_000).<Callable<LoginAnswer>>mapToObj(i -> () -> i % 100 == 50
                ? logIn.password(person.address(), person.password(), OFFICE)
                : logIn.password(names.get(i % 4), "guess-" + i, "10.1." + i / 250 + '.' + i % 250)).toList();
            try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<LoginAnswer> answers = threads.invokeAll(tries).stream().map(GuessedPasswordTest::answer).toList();
                assertThat(IntStream.range(0, 1_000).filter(i -> i % 100 == 50).mapToObj(answers::get)).as("the owner").allMatch(LoginAnswer.Accepted.class::isInstance);
                assertThat(answers.stream().filter(LoginAnswer.Refused.class::isInstance)).as("asked the directory").hasSize(2);
                assertThat(answers.stream().filter(LoginAnswer.Throttled.class::isInstance)).hasSize(988);
            }
            assertThat(directory.authenticate(person.number(), person.password())).as("not locked").isPresent();
        }
    }

    @Test
    void theOwnersOwnWrongTriesDoNotLockTheAccountEither() throws Exception {
        TestPerson owner = backbone.directory.person("quynh.ly");
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
            AuditLog audit = AuditLog.open(folder, "test", Clock.systemUTC())) {
            LogIn logIn = logIn(directory, audit);
            assertThat(logIn.password(owner.address(), owner.password(), "192.0.2.78")).isInstanceOf(LoginAnswer.Accepted.class);
            for (int i = 0; i < 4; i++) {
                assertThat(logIn.password(owner.address(), "forgotten", "192.0.2.78")).isInstanceOf(LoginAnswer.Refused.class);
            }
            assertThat(logIn.password(owner.number(), "forgotten", "192.0.2.78")).isInstanceOfSatisfying(LoginAnswer.Throttled.class,
                throttled -> assertThat(throttled.rest().rest()).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(16)));
            assertThat(directory.authenticate(owner.number(), owner.password())).as("not locked").isPresent();
        }
    }

    /** A slip of the hand at the page: neither a way in nor a step towards the directory's lock. */
    @Test
    void anAppPasswordIsAWrongPasswordOnTheWebThatTheDirectoryNeverHearsOf() throws Exception {
        TestPerson owner = backbone.directory.person("an.nguyen");
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
            AuditLog audit = AuditLog.open(folder, "test", Clock.systemUTC())) {
            LogIn logIn = logIn(directory, audit);
            for (int i = 0; i < 4; i++) {
                assertThat(logIn.password(owner.address(), backbone.appPassword(owner), "192.0.2." + (80 + i))).isInstanceOf(LoginAnswer.Refused.class);
            }
            assertThat(logIn.password(owner.address(), owner.password(), "192.0.2.90")).as("the budget is whole").isInstanceOf(LoginAnswer.Accepted.class);
            assertThat(logIn.password(owner.address(), "guess", "192.0.2.91")).isInstanceOf(LoginAnswer.Refused.class);
            assertThat(logIn.password(owner.address(), "guess", "192.0.2.92")).isInstanceOf(LoginAnswer.Refused.class);
            assertThat(logIn.password(owner.address(), "guess", "192.0.2.93")).as("a stranger's two are spent").isInstanceOf(LoginAnswer.Throttled.class);
        }
    }

    /** Nobody guesses a signature; but tries that cost nothing would cost us. */
    @Test
    void triesWithAPasskeyAloneAreSlowedDownByCredentialAndByAddress() throws Exception {
        try (LdapDirectory directory = LdapDirectory.connect(backbone.directory.settings(), backbone.directory.backbone());
            AuditLog audit = AuditLog.open(folder, "test", Clock.systemUTC())) {
            LogIn logIn = logIn(directory, audit);
            for (int i = 0; i < 5; i++) {
                assertThat(logIn.passkeyAlone(assertion("a"), "192.0.2.101")).isInstanceOf(LoginAnswer.Refused.class);
            }
            assertThat(logIn.passkeyAlone(assertion("a"), "192.0.2.101")).as("the same one from there").isInstanceOf(LoginAnswer.Throttled.class);
            assertThat(logIn.passkeyAlone(assertion("b"), "192.0.2.101")).as("another one from there").isInstanceOf(LoginAnswer.Refused.class);
            for (int i = 0; i < 15; i++) {
                assertThat(logIn.passkeyAlone(assertion("a"), "192.0.2." + (110 + i))).isInstanceOf(LoginAnswer.Refused.class);
            }
            assertThat(logIn.passkeyAlone(assertion("a"), "192.0.2.130")).as("the same one from everywhere").isInstanceOf(LoginAnswer.Throttled.class);
            for (int i = 0; i < 100; i++) {
                assertThat(logIn.passkeyAlone(i % 20 == 0 ? "no credential " : assertion("number " + i), "192.0.2.131")).isInstanceOf(LoginAnswer.Refused.class);
            }
            assertThat(logIn.passkeyAlone(assertion("j"), "192.0.2.131")).as("anything from there").isInstanceOf(LoginAnswer.Throttled.class);
            assertThat(logIn.passkeyAlone(assertion("j"), "192.0.2.132")).as("nobody else").isInstanceOf(LoginAnswer.Refused.class);
        }
    }

    private static String assertion(String credential) {
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(("credential " + credential).getBytes(StandardCharsets.UTF_8));
        return """
            {"id": "%s", "rawId": "%s", "type": "public-key", "clientExtensionResults": {}, "response": {"authenticatorData": "AAAA",
            "clientDataJSON": "eyJjaGFsbGVuZ2UiOiJBQUFBIn0", "signature": "AAAA"}}
            """.formatted(id, id);
    }

    private static LoginAnswer answer(Future<LoginAnswer> done) {
        try {
            return done.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private LogIn logIn(LdapDirectory directory, AuditLog audit) {
        DataSource source = backbone.postgres.getPostgresDatabase(); // the same one, or there would be no transactions
        JdbcClient database = JdbcClient.create(source);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        Vault vault = Vault.open(backbone.home.resolve("secrets/backbone.key"));
        Clock clock = Clock.systemUTC();
        Throttle throttle = new Throttle(database, transactions, vault, clock);
        Outcomes outcomes = new Outcomes(audit, new SimpleMeterRegistry(), new Activity(database, clock));
        AppPasswords appPasswords = new AppPasswords(database, transactions, vault, directory.addressBookAccess(), new EndedLogins(database, clock), new AppPasswordLives(Duration.ofDays(90)), clock);
        CheckPassword passwords = new CheckPassword(directory, appPasswords, throttle, new PasswordBudget(database, transactions, vault, clock, 5, Duration.ofMinutes(15)), outcomes);
        return new LogIn(passwords, new OneTimeCodes(new Devices(database, vault, clock), clock), new BackupCodes(database, transactions, vault, clock),
            new EnrolmentTickets(database, vault, clock), new SentCodes(database, transactions, vault, new Destinations(database, vault, clock), Map.of(), clock), new Passkeys(database, URI.create(backbone.url()), clock), new ActivePeople(directory, clock), LoginPolicy.standard(), throttle, outcomes);
    }
}
