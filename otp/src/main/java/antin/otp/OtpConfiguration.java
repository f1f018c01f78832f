package antin.otp;

import antin.directory.AddressBookAccess;
import antin.directory.Directory;
import antin.directory.Register;
import antin.directory.password.PasswordPolicy;
import antin.kernel.audit.AuditLog;
import antin.otp.account.AccountConfiguration;
import antin.otp.apppassword.AddressBookSweep;
import antin.otp.apppassword.AppPasswordLives;
import antin.otp.apppassword.AppPasswordUse;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.EndedLogins;
import antin.otp.apppassword.ExpiryReminders;
import antin.otp.factor.BackupCodes;
import antin.otp.factor.Devices;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.factor.Enrolments;
import antin.otp.factor.OneTimeCodes;
import antin.otp.login.ActivePeople;
import antin.otp.login.Activity;
import antin.otp.login.ChangePassword;
import antin.otp.login.CheckPassword;
import antin.otp.login.FactorNews;
import antin.otp.login.Factors;
import antin.otp.login.LogIn;
import antin.otp.login.LogInToMail;
import antin.otp.login.LoginSecurity;
import antin.otp.login.Outcomes;
import antin.otp.login.PasswordAge;
import antin.otp.mailclient.MailClientConfiguration;
import antin.otp.notice.Notices;
import antin.otp.notice.Outbox;
import antin.otp.oidc.ClientSecretRows;
import antin.otp.login.PersonFactors;
import antin.otp.oidc.OidcConfiguration;
import antin.otp.outside.OutsideConfiguration;
import antin.otp.oidc.OidcSettings;
import antin.otp.passkey.Passkeys;
import antin.otp.policy.LoginPolicy;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodeSettings;
import antin.otp.sentcode.SentCodes;
import antin.otp.throttle.PasswordBudget;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Rotation;
import antin.otp.vault.SealedTable;
import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The list of parts. The process brings what they rest on: {@code DataSource}, {@code JdbcOperations}, {@code JdbcClient},
 * {@code PlatformTransactionManager}, {@code Directory}, {@code Register}, {@code PasswordPolicy}, {@code AddressBookAccess}, {@code AddressBookServer},
 * {@code ProfileSignature}, {@code LoginPolicy}, {@code Vault}, {@code AuditLog}, {@code MeterRegistry}, {@code Clock}
 * and {@code OidcSettings}.
 * For certificates it brings {@code CertificateOwners} and {@code ClientCertificates}.
 */
@Configuration(proxyBeanMethods = false)
@Import({LoginSecurity.class, OidcConfiguration.class, OutsideConfiguration.class, AccountConfiguration.class, MailClientConfiguration.class})
public class OtpConfiguration {

    /** Flyway's location of this module's tables. */
    public static final String MIGRATIONS = "classpath:antin/otp/migrations";

    @Bean
    Devices devices(JdbcClient database, Vault vault, Clock clock) {
        return new Devices(database, vault, clock);
    }

    @Bean
    OneTimeCodes oneTimeCodes(Devices devices, Clock clock) {
        return new OneTimeCodes(devices, clock);
    }

    @Bean
    BackupCodes backupCodes(JdbcClient database, PlatformTransactionManager transactions, Vault vault, Clock clock) {
        return new BackupCodes(database, new TransactionTemplate(transactions), vault, clock);
    }

    @Bean
    Enrolments enrolments(JdbcClient database, Vault vault, Devices devices, OneTimeCodes codes, Clock clock) {
        return new Enrolments(database, vault, devices, codes, clock);
    }

    @Bean
    EnrolmentTickets enrolmentTickets(JdbcClient database, Vault vault, Clock clock) {
        return new EnrolmentTickets(database, vault, clock);
    }

    @Bean
    Passkeys passkeys(JdbcClient database, OidcSettings settings, Clock clock) {
        return new Passkeys(database, URI.create(settings.issuer()), clock);
    }

    @Bean
    PersonFactors personFactors(Devices devices, Passkeys passkeys, BackupCodes backupCodes, Enrolments enrolments, EnrolmentTickets tickets, FactorNews news, JdbcClient database,
        PlatformTransactionManager transactions) {
        return new PersonFactors(devices, passkeys, backupCodes, enrolments, tickets, news, database, new TransactionTemplate(transactions));
    }

    @Bean
    FactorNews factorNews(Outcomes outcomes, Notices notices, Clock clock) {
        return new FactorNews(outcomes, notices, clock);
    }

    @Bean
    Destinations destinations(JdbcClient database, Vault vault, Clock clock) {
        return new Destinations(database, vault, clock);
    }

    @Bean
    SentCodes sentCodes(JdbcClient database, PlatformTransactionManager transactions, Vault vault, Destinations destinations, SentCodeSettings settings, Clock clock) {
        return new SentCodes(database, new TransactionTemplate(transactions), vault, destinations, settings.senders(), clock);
    }

    @Bean
    Activity activity(JdbcClient database, Clock clock) {
        return new Activity(database, clock);
    }

    @Bean
    AppPasswords appPasswords(JdbcClient database, PlatformTransactionManager transactions, Vault vault, AddressBookAccess addressBooks, EndedLogins ended, AppPasswordLives lives,
        Clock clock) {
        return new AppPasswords(database, new TransactionTemplate(transactions), vault, addressBooks, ended, lives, clock);
    }

    @Bean
    AppPasswordLives appPasswordLives(LoginPolicy policy) {
        return new AppPasswordLives(policy.longestAppPassword());
    }

    @Bean
    Rotation rotation(Vault vault, List<VaultRows> stores, MeterRegistry metrics) {
        return new Rotation(vault, stores, metrics);
    }

    @Bean
    VaultRows signingKeyRows(JdbcClient database, Vault vault) {
        return new SealedTable(database, vault, "signing-keys", "signing_key", "kid", "oidc signing key", "kid");
    }

    @Bean
    VaultRows clientSecretRows(JdbcClient database, Vault vault) {
        return new ClientSecretRows(database, vault);
    }

    @Bean
    AppPasswordUse appPasswordUse(JdbcClient database, PlatformTransactionManager transactions, Notices notices, Clock clock) {
        return new AppPasswordUse(database, new TransactionTemplate(transactions), notices, clock);
    }

    @Bean
    ExpiryReminders expiryReminders(JdbcClient database, PlatformTransactionManager transactions, Directory directory, Notices notices, Clock clock) {
        return new ExpiryReminders(database, new TransactionTemplate(transactions), directory, notices, clock);
    }

    @Bean
    Outbox outbox(JdbcClient database, Clock clock) {
        return new Outbox(database, clock);
    }

    @Bean
    EndedLogins endedLogins(JdbcClient database, Clock clock) {
        return new EndedLogins(database, clock);
    }

    @Bean
    AddressBookSweep addressBookSweep(AppPasswords passwords, AddressBookAccess addressBooks, Directory directory) {
        return new AddressBookSweep(passwords, addressBooks, directory);
    }

    @Bean
    Throttle throttle(JdbcClient database, PlatformTransactionManager transactions, Vault vault, Clock clock) {
        return new Throttle(database, new TransactionTemplate(transactions), vault, clock);
    }

    @Bean
    ActivePeople activePeople(Directory directory, Clock clock) {
        return new ActivePeople(directory, clock);
    }

    @Bean
    Factors factors(LoginPolicy policy, Clock clock) {
        return new Factors(policy, clock);
    }

    @Bean
    Outcomes outcomes(AuditLog audit, MeterRegistry metrics, Activity activity) {
        return new Outcomes(audit, metrics, activity);
    }

    @Bean
    PasswordBudget passwordBudget(JdbcClient database, PlatformTransactionManager transactions, Vault vault, Clock clock, PasswordPolicy policy) {
        return new PasswordBudget(database, new TransactionTemplate(transactions), vault, clock, policy.lockAfter(), policy.lock());
    }

    @Bean
    CheckPassword checkPassword(Directory directory, AppPasswords appPasswords, Throttle throttle, PasswordBudget budget, Outcomes outcomes) {
        return new CheckPassword(directory, appPasswords, throttle, budget, outcomes);
    }

    @Bean
    PasswordAge passwordAge(Register register, PasswordPolicy policy, Clock clock) {
        return new PasswordAge(register, policy, clock);
    }

    @Bean
    ChangePassword changePassword(CheckPassword passwords, Register register, PasswordPolicy policy, Outcomes outcomes) {
        return new ChangePassword(passwords, register, policy, outcomes);
    }

    @Bean
    LogIn logIn(CheckPassword passwords, OneTimeCodes codes, BackupCodes backupCodes, EnrolmentTickets tickets, SentCodes sentCodes, Passkeys passkeys, ActivePeople people,
        LoginPolicy policy, Throttle throttle, Outcomes outcomes) {
        return new LogIn(passwords, codes, backupCodes, tickets, sentCodes, passkeys, people, policy, throttle, outcomes);
    }

    @Bean
    LogInToMail logInToMail(AppPasswords passwords, AppPasswordUse use, ActivePeople people, Directory directory, LoginPolicy policy, Throttle throttle, Outcomes outcomes) {
        return new LogInToMail(passwords, use, people, directory, policy, throttle, outcomes);
    }
}
