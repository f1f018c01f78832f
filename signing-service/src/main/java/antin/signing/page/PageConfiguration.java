package antin.signing.page;

import antin.signing.WorkFolder;
import antin.signing.api.Limits;
import antin.signing.api.ValidateDocument;
import antin.signing.report.Bilingual;
import antin.signing.report.PrintReport;
import antin.signing.report.ReadableReport;
import antin.web.SecurityHeaders;
import antin.web.WebConfiguration;
import antin.web.WebConfiguration.Texts;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.WebApplicationContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/** The page for everybody and what it is made of, beside the interface; where the setting {@code validation-page} is false, nothing of it is there. */
@Configuration(proxyBeanMethods = false)
@Import(WebConfiguration.class)
public class PageConfiguration {

    static final String TEXTS = "antin/signing/page/messages";

    @Bean
    ValidationPage validationPage(ValidateDocument validateDocument, ReadableReport readable, PrintReport print, WorkFolder folder, Limits limits) {
        return new ValidationPage(validateDocument, readable, print, folder, limits.jobs().share(), new Visitors(System::nanoTime),
            Math.min(ValidationPage.LARGEST, limits.largestDocument()), Clock.systemUTC());
    }

    @Bean
    Texts pageTexts() {
        return new Texts(TEXTS);
    }

    @Bean
    Texts reportTexts() {
        return new Texts(Bilingual.REPORTS);
    }

    /** No cookie authorises anything here, so there is nothing to forge; no tokens are read either. */
    @Bean
    @Order(1)
    SecurityFilterChain pages(HttpSecurity http) {
        http.securityMatcher(Stream.concat(Stream.of("/", ValidationPage.PATH), WebConfiguration.ASSETS.stream()).toArray(String[]::new))
            .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
            .headers(new SecurityHeaders())
            .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .csrf(AbstractHttpConfigurer::disable)
            .requestCache(AbstractHttpConfigurer::disable)
            .logout(AbstractHttpConfigurer::disable);
        return http.build();
    }

    @Bean
    ThymeleafViewResolver views(WebApplicationContext context, MessageSource messages) {
        SpringResourceTemplateResolver templates = new SpringResourceTemplateResolver();
        templates.setApplicationContext(context);
        templates.setPrefix("classpath:/templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
        ThymeleafViewResolver views = new ThymeleafViewResolver();
        views.setTemplateEngine(engine);
        views.setCharacterEncoding("UTF-8");
        return views;
    }
}
