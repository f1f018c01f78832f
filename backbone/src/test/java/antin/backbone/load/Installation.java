package antin.backbone.load;

import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditLog;
import antin.kernel.config.Settings;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PemFile;
import antin.kernel.tls.TlsMaterial;
import antin.otp.OtpConfiguration;
import antin.otp.apppassword.AppPassword;
import antin.otp.apppassword.AppPasswordUse;
import antin.otp.apppassword.AppPasswordLives;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.AppScope;
import antin.otp.apppassword.AppSecret;
import antin.otp.apppassword.EndedLogins;
import antin.otp.factor.DeviceKind;
import antin.otp.factor.Devices;
import antin.otp.factor.OneTimeCodes;
import antin.otp.login.ActivePeople;
import antin.otp.login.Activity;
import antin.otp.login.LogInToMail;
import antin.otp.login.Outcomes;
import antin.otp.notice.Outbox;
import antin.otp.policy.LoginPolicy;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Vault;
import antin.server.Database;
import antin.server.DatabaseSettings;
import antin.server.Meters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** An installation that is up, with its directory and database opened beside the processes that own them, to make people ready and to build the verifier in this JVM. */
final class Installation implements AutoCloseable {

    private static final Clock CLOCK = Clock.systemUTC();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path state;
    private final Settings settings;
    private final Database database;
    private final JdbcClient client;
    private final LdapDirectory directory;
    private final Vault vault;
    private final AuditLog audit;

    Installation(Path state) throws IOException {
        this.state = state;
        this.settings = Settings.read(state.resolve("conf/backbone.properties"));
        this.database = Database.open("login-benchmark", DatabaseSettings.read(settings), OtpConfiguration.MIGRATIONS, "classpath:antin/backbone/migrations");
        this.client = JdbcClient.create(database);
        this.directory = LdapDirectory.connect(LdapSettings.read(settings), InternalIdentity.read(state.resolve("tls/internal"), "backbone"));
        this.vault = Vault.open(state.resolve("secrets/backbone.key"));
        this.audit = AuditLog.open(Files.createTempDirectory("login-benchmark"), "login-benchmark", CLOCK);
    }

    int port(String key) {
        return settings.port(key);
    }

    /** For calls that backbone takes from mail-server only. */
    InternalIdentity mailServer() {
        return InternalIdentity.read(state.resolve("tls/internal"), "mail-server");
    }

    TrustManager trust() throws GeneralSecurityException, IOException {
        return TlsMaterial.trusting(PemFile.certificates(state.resolve("tls/root.pem")));
    }

    /** Gives the people of an imported file (columns {@code number} first and {@code mail} sixth) what they log in with. */
    List<Staff> equip(Path people) throws IOException {
        Devices devices = new Devices(client, vault, CLOCK);
        AppPasswords passwords = passwords();
        AppPasswordUse use = use();
        List<Staff> all = new ArrayList<>();
        try (Stream<String> lines = Files.lines(people)) {
            for (String[] column : lines.skip(1).map(line -> line.split(",", -1)).toList()) {
                String number = column[0];
                String password = AppSecret.random(RANDOM).letters() + "-Aa1";
                directory.register().setPassword(number, password);
                byte[] secret = OneTimeCodes.randomSecret(RANDOM);
                devices.add(number, DeviceKind.HOTP, "Benchmark", secret, -1);
                Staff staff = new Staff(all.size(), number, column[5], password, appPassword(passwords, number), secret);
                use.know(number, staff.address().getHostAddress());
                all.add(staff);
            }
        }
        return all;
    }

    /** Writes {@code each} more app passwords of everybody, a line each: address, tab, password. */
    void writePrograms(List<Staff> people, int each, Path file) throws IOException {
        AppPasswords passwords = passwords();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < each; i++) {
            for (Staff staff : people) {
                lines.append(staff.mailAddress).append('\t').append(appPassword(passwords, staff.number)).append('\n');
            }
        }
        SecretFile.write(file, lines.toString());
    }

    /** As backbone assembles it, with an audit log of its own that is on disk before an answer, as there. */
    LogInToMail verifier() {
        Outcomes outcomes = new Outcomes(audit, Meters.registry(), new Activity(client, CLOCK));
        return new LogInToMail(passwords(), use(), new ActivePeople(directory, CLOCK), directory, LoginPolicy.read(state.resolve("conf/login.properties")),
            new Throttle(client, transactions(), vault, CLOCK), outcomes);
    }

    @Override
    public void close() throws IOException {
        directory.close();
        audit.close();
        database.close();
    }

    private static String appPassword(AppPasswords passwords, String number) {
        AppSecret secret = AppSecret.random(RANDOM);
        passwords.keep(new AppPassword(UUID.randomUUID(), number, "Benchmark", Set.of(AppScope.IMAP, AppScope.SMTP), CLOCK.instant(),
            Optional.of(CLOCK.instant().plus(Duration.ofDays(1))), Optional.empty()), secret);
        return secret.grouped();
    }

    private AppPasswords passwords() {
        return new AppPasswords(client, transactions(), vault, directory.addressBookAccess(), new EndedLogins(client, CLOCK), new AppPasswordLives(Duration.ofDays(90)), CLOCK);
    }

    private AppPasswordUse use() {
        return new AppPasswordUse(client, transactions(), new Outbox(client, CLOCK), CLOCK);
    }

    private TransactionTemplate transactions() {
        return new TransactionTemplate(new JdbcTransactionManager(database));
    }
}
