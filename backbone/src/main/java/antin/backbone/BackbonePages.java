package antin.backbone;

import antin.backbone.admin.AdminConfiguration;
import antin.backbone.client.ClientConfiguration;
import antin.backbone.enrolment.page.EnrolmentConfiguration;
import antin.backbone.external.page.OutsideConfiguration;
import antin.backbone.profile.ProfilePages;
import antin.backbone.scim.ScimConfiguration;
import antin.otp.OtpConfiguration;
import antin.otp.login.ActivePeople;
import antin.otp.login.Factors;
import antin.otp.login.TokenPort;
import antin.otp.oidc.OidcSettings;
import antin.web.WebConfiguration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.templateresolver.SpringResourceTemplateResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * The web side, part by part: no scanning of the class path, no automatic configuration, so that it starts fast and what is
 * not named here is not there.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableWebSecurity
@Import({WebConfiguration.class, OtpConfiguration.class, ScimConfiguration.class, AdminConfiguration.class, ClientConfiguration.class, ProfilePages.class, EnrolmentConfiguration.class, OutsideConfiguration.class})
class BackbonePages {

    private static final int SESSION_FIRST = Integer.MIN_VALUE + 50;
    private static final int SECURITY_NEXT = -100;

    @Bean
    JdbcTemplate jdbc(DataSource database) {
        return new JdbcTemplate(database);
    }

    @Bean
    JdbcClient jdbcClient(JdbcTemplate jdbc) {
        return JdbcClient.create(jdbc);
    }

    @Bean
    JdbcTransactionManager transactions(DataSource database) {
        return new JdbcTransactionManager(database);
    }

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext context) {
        ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
        registration.setLoadOnStartup(1);
        registration.setMultipartConfig(Uploads.limits());
        return registration;
    }

    /** Nothing is carried from page to page in a session, so none is looked up for it. */
    @Bean(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
    FlashMapManager noFlashMaps() {
        return new FlashMapManager() {
            @Override
            public @Nullable FlashMap retrieveAndUpdate(HttpServletRequest request, HttpServletResponse response) {
                return null;
            }

            @Override
            public void saveOutputFlashMap(FlashMap flashMap, HttpServletRequest request, HttpServletResponse response) {
                // there is none
            }
        };
    }

    @Bean
    FilterRegistrationBean<SessionRepositoryFilter<?>> sessions(SessionRepositoryFilter<?> filter) {
        FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(SESSION_FIRST);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST)); // an error page needs no session, and none must be read for it
        return registration;
    }

    @Bean
    FilterRegistrationBean<TokenPortFilter> tokenPort(TokenPort port, OidcSettings settings) {
        FilterRegistrationBean<TokenPortFilter> registration = new FilterRegistrationBean<>(new TokenPortFilter(port.number(), settings.issuer()));
        registration.setOrder(SESSION_FIRST - 1);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    @Bean
    FilterRegistrationBean<Uploads> uploads(Factors factors, ActivePeople people, HttpSessionSecurityContextRepository contexts) {
        FilterRegistrationBean<Uploads> registration = new FilterRegistrationBean<>(new Uploads(factors, people, contexts));
        registration.setOrder(SECURITY_NEXT - 1);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean security() {
        DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.setOrder(SECURITY_NEXT);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST)); // its headers stay on the answer that an error page fills
        return registration;
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
