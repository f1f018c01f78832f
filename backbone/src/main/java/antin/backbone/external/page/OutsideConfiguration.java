package antin.backbone.external.page;

import antin.backbone.approval.Approvals;
import antin.backbone.external.AskOutside;
import antin.backbone.external.OutsideNews;
import antin.backbone.external.OutsideOwners;
import antin.backbone.external.OutsideUpkeep;
import antin.backbone.external.RegisterOutside;
import antin.backbone.external.admin.OutsideAdminPages;
import antin.ca.external.OutsideRequests;
import antin.ca.external.Registrations;
import antin.directory.Directory;
import antin.directory.administration.Administration;
import antin.otp.login.ActivePeople;
import antin.otp.notice.Notices;
import antin.web.WebConfiguration.Texts;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The use cases and pages for certificates issued elsewhere. The process brings {@link Registrations} and {@link OutsideRequests}. */
@Configuration(proxyBeanMethods = false)
@Import({OutsidePages.class, OutsideTokens.class, OutsideRequestPages.class, OutsideModel.class, OutsideAdminPages.class})
public class OutsideConfiguration {

    @Bean
    Texts outsideTexts() {
        return new Texts("antin/backbone/outside");
    }

    @Bean
    OutsideOwners outsideOwners(Administration administration, ActivePeople people) {
        return new OutsideOwners(administration, people);
    }

    @Bean
    OutsideNews outsideNews(Directory directory, Notices notices) {
        return new OutsideNews(directory, notices);
    }

    @Bean
    RegisterOutside registerOutside(Registrations registrations, OutsideOwners owners, Approvals approvals, OutsideNews news) {
        return new RegisterOutside(registrations, owners, approvals, news);
    }

    @Bean
    AskOutside askOutside(Registrations registrations, OutsideRequests requests, OutsideOwners owners, OutsideNews news, Clock clock) {
        return new AskOutside(registrations, requests, owners, news, clock);
    }

    /** Not started: the process does that, and ends it. */
    @Bean
    OutsideUpkeep outsideUpkeep(RegisterOutside register, Registrations registrations, OutsideNews news) {
        return new OutsideUpkeep(register, registrations, news);
    }
}
