package antin.backbone.admin;

import antin.backbone.approval.Approvals;
import antin.backbone.approval.EndLogins;
import antin.backbone.approval.HandledBy;
import antin.backbone.approval.ResetFactors;
import antin.directory.administration.Administration;
import antin.otp.apppassword.AppPasswords;
import antin.otp.apppassword.EndedLogins;
import antin.otp.factor.EnrolmentTickets;
import antin.otp.login.FactorNews;
import antin.otp.login.Outcomes;
import antin.otp.login.PersonFactors;
import antin.otp.login.PersonSessions;
import antin.otp.oidc.TokenFamilies;
import antin.web.WebConfiguration.Texts;
import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The list of pages below {@code /admin}, all behind the same {@link Gate}. The process brings {@link Administration} and the imports. */
@Configuration(proxyBeanMethods = false)
@Import({TreePages.class, SearchPages.class, PersonPages.class, PersonFormPages.class, PersonRightsPages.class, PositionPages.class, UnitPages.class, UnitFormPages.class,
    GroupPages.class, MailboxPages.class, ImportPages.class, ExportPages.class, AccessPages.class, HandoverPages.class, ApprovalPages.class, AdminModel.class, Navigation.class})
public class AdminConfiguration implements WebMvcConfigurer {

    private final Gate gate;

    public AdminConfiguration(Administration administration) {
        this.gate = new Gate(administration);
    }

    @Bean
    Texts adminTexts() {
        return new Texts("antin/backbone/messages");
    }

    @Bean
    Texts approvalTexts() {
        return new Texts("antin/backbone/approvals");
    }

    @Bean
    HandledBy handledBy(JdbcClient database, Administration administration, Clock clock) {
        return new HandledBy(database, administration, clock);
    }

    @Bean
    Approvals approvals(JdbcClient database, HandledBy handled, Administration administration, Outcomes outcomes, Clock clock) {
        return new Approvals(database, handled, administration, outcomes, clock);
    }

    @Bean
    ResetFactors resetFactors(Approvals approvals, HandledBy handled, PersonFactors factors, EnrolmentTickets tickets, EndLogins logins, FactorNews news, JdbcTransactionManager transactions) {
        return new ResetFactors(approvals, handled, factors, tickets, logins, news, new TransactionTemplate(transactions));
    }

    @Bean
    EndLogins endLogins(PersonSessions sessions, TokenFamilies families, AppPasswords passwords, EndedLogins ended, JdbcClient database, Outcomes outcomes) {
        return new EndLogins(sessions, families, passwords, ended, database, outcomes);
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate).addPathPatterns("/admin", "/admin/**", "/approvals", "/approvals/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(gate);
        resolvers.add(new FormArgument());
    }
}
