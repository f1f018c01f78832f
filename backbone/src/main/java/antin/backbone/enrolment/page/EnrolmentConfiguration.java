package antin.backbone.enrolment.page;

import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.EnrolmentUpkeep;
import antin.backbone.enrolment.MailCertificates;
import antin.backbone.enrolment.TakeBack;
import antin.ca.CertificateAuthority;
import antin.directory.Register;
import antin.otp.login.Outcomes;
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
@Import({OwnPages.class, OwnCertificatePages.class, TokenRequests.class, OwnModel.class})
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

    /** Not started: the process does that, and ends it. */
    @Bean
    EnrolmentUpkeep enrolmentUpkeep(EnrolledRows rows, Enrol enrol, MailCertificates directory, Clock clock) {
        return new EnrolmentUpkeep(rows, enrol, directory, List.of(), clock);
    }
}
