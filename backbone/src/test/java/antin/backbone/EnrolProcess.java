package antin.backbone;

import antin.backbone.enrolment.CertificateKind;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.MailCertificates;
import antin.backbone.enrolment.Owner;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateRequest;
import antin.ca.CertificateStatus;
import antin.ca.RevocationReason;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.directory.Register;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.InternalIdentity;
import antin.otp.login.Activity;
import antin.otp.login.Outcomes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** Enrolment in a process of its own, so that a test can let it die, as by SIGKILL: without any last act. */
final class EnrolProcess {

    static final int KILLED = 137;

    /** Where it dies. */
    enum Step {
        /** The intent is written and not committed. */
        INTENDED,
        /** It is committed; the authority has not heard of it. */
        BEFORE_ISSUING,
        /** The authority has issued; its answer is not stored. */
        AFTER_ISSUING,
        /** The answer is stored; the directory has not heard of it. */
        STORED,
        /** It lives. */
        NEVER
    }

    private EnrolProcess() {
    }

    /** Step, database, port of {@code ca}, folder of the internal identity, file of the request, person, LDAPS port, trust file, folder for its audit. */
    public static void main(String[] arguments) throws Exception {
        Step step = Step.valueOf(arguments[0]);
        InternalIdentity identity = InternalIdentity.read(Path.of(arguments[3]), "backbone");
        DriverManagerDataSource database = new DriverManagerDataSource(arguments[1]);
        JdbcClient client = JdbcClient.create(database);
        EnrolledRows rows = new EnrolledRows(client, Clock.systemUTC());
        LdapSettings settings = new LdapSettings(List.of(new LdapSettings.Host("127.0.0.1", Integer.parseInt(arguments[6]))), "dc=city,dc=example", Path.of(arguments[7]), "city.example");
        try (RemoteCertificateAuthority ca = new RemoteCertificateAuthority(URI.create("https://localhost:" + arguments[2]), identity); LdapDirectory directory = LdapDirectory.connect(settings, identity);
             AuditLog audit = AuditLog.open(Path.of(arguments[8]), "enrol", Clock.systemUTC())) {
            JdbcTransactionManager manager = new JdbcTransactionManager(database) {
                @Override
                protected void doCommit(DefaultTransactionStatus status) {
                    dieAt(step, Step.INTENDED);
                    super.doCommit(status);
                }
            };
            Outcomes outcomes = new Outcomes(audit, new SimpleMeterRegistry(), new Activity(client, Clock.systemUTC()));
            MailCertificates mail = new MailCertificates(rows, dying(directory.register(), step));
            Enrol enrol = new Enrol(rows, new Dying(ca, step), mail, new TransactionTemplate(manager), outcomes, Clock.systemUTC());
            String person = arguments[5];
            enrol.enrol(new Enrol.Wish(Owner.person(person), CertificateKind.MAIL_SIGNING, new X500Principal("UID=" + person + ",CN=Người thử,OU=so-noi-vu,O=Ấn Tín,C=VN"),
                List.of("killed@city.example"), List.of(), Files.readAllBytes(Path.of(arguments[4])), person, "127.0.0.1"));
        }
    }

    private static void dieAt(Step chosen, Step here) {
        if (chosen == here) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    /** The real register, where nobody is alive to be heard. */
    private static Register dying(Register register, Step step) {
        return (Register) Proxy.newProxyInstance(Register.class.getClassLoader(), new Class<?>[] {Register.class}, (proxy, method, values) -> {
            dieAt(step, Step.STORED);
            return method.invoke(register, values);
        });
    }

    /** The real authority, with death before or after it. */
    private record Dying(CertificateAuthority authority, Step step) implements CertificateAuthority {

        @Override
        public IssuedCertificate issue(CertificateRequest request) {
            dieAt(step, Step.BEFORE_ISSUING);
            IssuedCertificate issued = authority.issue(request);
            dieAt(step, Step.AFTER_ISSUING);
            return issued;
        }

        @Override
        public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
            return authority.revoke(serial, reason, actor);
        }

        @Override
        public void close() {
            authority.close();
        }
    }
}
