package antin.otp.mailclient;

import antin.web.WebConfiguration.Texts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What people and their mail programs ask for. */
@Configuration(proxyBeanMethods = false)
@Import(AppPasswordPages.class)
public class MailClientConfiguration {

    @Bean
    Texts appPasswordTexts() {
        return new Texts("antin/otp/apppasswords");
    }
}
