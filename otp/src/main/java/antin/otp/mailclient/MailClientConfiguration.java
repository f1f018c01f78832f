package antin.otp.mailclient;

import antin.web.SecurityHeaders;
import antin.web.WebConfiguration.Texts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** What people and their mail programs ask for. */
@Configuration(proxyBeanMethods = false)
@Import({AppPasswordPages.class, SetupPages.class, MailClientFiles.class})
public class MailClientConfiguration {

    @Bean
    Texts appPasswordTexts() {
        return new Texts("antin/otp/apppasswords");
    }

    /** Programs come without a session and change nothing: a chain of their own, so that nothing else is open by mistake. */
    @Bean
    @Order(2)
    SecurityFilterChain mailClientChain(HttpSecurity http) {
        http.securityMatcher(MailClientFiles.WELL_KNOWN, MailClientFiles.CONFIG, MailClientFiles.AUTODISCOVER, MailClientFiles.AUTODISCOVER_CAPITALS,
                MailClientFiles.AUTODISCOVER_JSON, MailClientFiles.ADD_ON, MailClientFiles.POLICIES)
            .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
            .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .requestCache(cache -> cache.requestCache(new NullRequestCache()))
            .csrf(csrf -> csrf.ignoringRequestMatchers(request -> true)) // no session, and nothing is changed
            .logout(AbstractHttpConfigurer::disable)
            .headers(new SecurityHeaders());
        return http.build();
    }
}
