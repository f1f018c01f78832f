package antin.backbone.client;

import antin.web.WebConfiguration.Texts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The pages below {@code /admin/clients} and {@code /admin/token-keys}. */
@Configuration(proxyBeanMethods = false)
@Import({ClientPages.class, ClientFormPages.class, KeyPages.class})
public class ClientConfiguration {

    @Bean
    Texts clientPageTexts() {
        return new Texts("antin/backbone/clients");
    }
}
