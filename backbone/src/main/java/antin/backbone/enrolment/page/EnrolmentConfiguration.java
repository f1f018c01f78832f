package antin.backbone.enrolment.page;

import antin.backbone.approval.Approvals;
import antin.backbone.enrolment.CertificateSearch;
import antin.backbone.enrolment.DeliverKey;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.EnrolmentUpkeep;
import antin.backbone.enrolment.HostRules;
import antin.backbone.enrolment.LedgerCopies;
import antin.backbone.enrolment.MailCertificates;
import antin.backbone.enrolment.OrderCertificate;
import antin.backbone.enrolment.OrderNames;
import antin.backbone.enrolment.OrderRevocation;
import antin.backbone.enrolment.RecoverKey;
import antin.backbone.enrolment.RenewalNotices;
import antin.backbone.enrolment.SetAside;
import antin.backbone.enrolment.TakeBack;
import antin.backbone.enrolment.admin.AuthorityPages;
import antin.backbone.enrolment.admin.OrderPages;
import antin.backbone.enrolment.admin.OrderedPages;
import antin.backbone.enrolment.admin.RecoveryPages;
import antin.ca.CertificateAuthority;
import antin.ca.recovery.KeyRecovery;
import antin.directory.Directory;
import antin.directory.Register;
import antin.otp.login.Outcomes;
import antin.otp.notice.Notices;
import antin.otp.vault.SealedTable;
import antin.otp.vault.Vault;
import antin.otp.vault.VaultRows;
import antin.web.WebConfiguration.Texts;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The use cases of enrolment and their pages. The process brings the {@link CertificateAuthority}, and who hears of revocations. */
@Configuration(proxyBeanMethods = false)
@Import({OwnPages.class, OwnCertificatePages.class, OwnKeyPages.class, TokenRequests.class, OwnModel.class, RecoveryPages.class, AuthorityPages.class, OrderPages.class, OrderedPages.class})
public class EnrolmentConfiguration {

    @Bean
    Texts enrolmentTexts() {
        return new Texts("antin/backbone/enrolment");
    }

    @Bean
    EnrolledRows enrolledRows(JdbcClient database, Clock clock) {
        return new EnrolledRows(database, clock);
    }

    @Bean
    MailCertificates mailCertificates(EnrolledRows rows, Register register) {
        return new MailCertificates(rows, register);
    }

    @Bean
    Enrol enrol(EnrolledRows rows, CertificateAuthority authority, MailCertificates directory, JdbcTransactionManager transactions, Outcomes outcomes, Clock clock) {
        return new Enrol(rows, authority, directory, new TransactionTemplate(transactions), outcomes, clock);
    }

    @Bean
    TakeBack takeBack(EnrolledRows rows, CertificateAuthority authority, MailCertificates directory, TakeBack.Learning learning, Outcomes outcomes) {
        return new TakeBack(rows, authority, directory, learning, outcomes);
    }

    @Bean
    SetAside setAside(EnrolledRows rows, SetAside.Door door, MailCertificates directory, TakeBack.Learning learning, Outcomes outcomes) {
        return new SetAside(rows, door, directory, learning, outcomes);
    }

    @Bean
    DeliverKey deliverKey(JdbcClient database, EnrolledRows rows, Enrol enrol, KeyRecovery recovery, Vault vault, Outcomes outcomes, Clock clock) {
        return new DeliverKey(database, rows, enrol, recovery, vault, outcomes, clock);
    }

    @Bean
    CertificateSearch certificateSearch(JdbcClient database, EnrolledRows rows, Clock clock) {
        return new CertificateSearch(database, rows, clock);
    }

    @Bean
    OrderNames orderNames(Register register, EnrolledRows rows, HostRules hosts) {
        return new OrderNames(register, rows, hosts);
    }

    @Bean
    OrderCertificate orderCertificate(JdbcClient database, EnrolledRows rows, Enrol enrol, OrderNames names, Approvals approvals, JdbcTransactionManager transactions) {
        return new OrderCertificate(database, rows, enrol, names, approvals, new TransactionTemplate(transactions));
    }

    @Bean
    OrderRevocation orderRevocation(JdbcClient database, EnrolledRows rows, TakeBack takeBack, Approvals approvals, JdbcTransactionManager transactions) {
        return new OrderRevocation(database, rows, takeBack, approvals, new TransactionTemplate(transactions));
    }

    @Bean
    RecoverKey recoverKey(JdbcClient database, EnrolledRows rows, DeliverKey deliver, KeyRecovery recovery, Approvals approvals, JdbcTransactionManager transactions) {
        return new RecoverKey(database, rows, deliver, recovery, approvals, new TransactionTemplate(transactions));
    }

    @Bean
    RenewalNotices renewalNotices(JdbcClient database, JdbcTransactionManager transactions, Directory directory, Notices notices, Clock clock) {
        return new RenewalNotices(database, new TransactionTemplate(transactions), directory, notices, clock);
    }

    /** Brought over to a new key of the vault with the other secrets. */
    @Bean
    VaultRows keyDeliveryRows(JdbcClient database, Vault vault) {
        return new SealedTable(database, vault, "key-deliveries", "key_delivery", "certificate", "mail key delivery", "CAST(certificate AS text)");
    }

    /** Not started: the process does that, and ends it. */
    @Bean
    EnrolmentUpkeep enrolmentUpkeep(EnrolledRows rows, Enrol enrol, MailCertificates directory, DeliverKey deliver, RenewalNotices notices, LedgerCopies copies, Clock clock) {
        return new EnrolmentUpkeep(rows, enrol, directory, List.of(deliver::sweep, notices::remind, copies::work), clock);
    }
}
