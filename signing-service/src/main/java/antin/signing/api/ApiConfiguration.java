package antin.signing.api;

import antin.kernel.audit.AuditLog;
import antin.kernel.key.KeyRing;
import antin.signing.WorkFolder;
import antin.signing.csc.CscConfiguration;
import antin.signing.batch.Batches;
import antin.signing.deferred.CompleteSignature;
import antin.signing.deferred.DeferredSignatures;
import antin.signing.deferred.PrepareSignature;
import antin.signing.hook.Hooks;
import antin.signing.owner.KeyOwners;
import antin.signing.owner.TakeOver;
import antin.signing.report.Bilingual;
import antin.signing.report.PrintReport;
import antin.signing.report.ReadableReport;
import antin.signing.seal.SealDocument;
import antin.signing.seal.Seals;
import antin.signing.signature.Extension;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.TimeStamps;
import antin.signing.signature.Validation;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** The routes of the interface, and who may use them. No sessions, no cookies; the one page for everybody is apart. */
@Configuration(proxyBeanMethods = false)
@Import(CscConfiguration.class)
@EnableWebMvc
@EnableWebSecurity
public class ApiConfiguration {

    @Bean
    ServletRegistrationBean<DispatcherServlet> dispatcher(WebApplicationContext context) {
        ServletRegistrationBean<DispatcherServlet> registration = new ServletRegistrationBean<>(new DispatcherServlet(context), "/");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    DelegatingFilterProxyRegistrationBean security() {
        DelegatingFilterProxyRegistrationBean registration = new DelegatingFilterProxyRegistrationBean("springSecurityFilterChain");
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
        return registration;
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, JwtDecoder tokens) {
        http.authorizeHttpRequests(rules -> rules
                .requestMatchers("/v1/validations").hasAuthority("SCOPE_validate")
                .requestMatchers("/v1/timestamps", "/v1/extensions").hasAuthority("SCOPE_timestamp")
                .requestMatchers(HttpMethod.POST, SignaturesController.PATH).hasAuthority("SCOPE_sign")
                .requestMatchers(HttpMethod.PUT, SignaturesController.PATH + "/*/value").hasAuthority("SCOPE_sign")
                .requestMatchers(HttpMethod.DELETE, SignaturesController.PATH + "/*").hasAuthority("SCOPE_sign")
                .requestMatchers(HttpMethod.POST, "/v1/keys/*/handover").hasAuthority("SCOPE_sign")
                .requestMatchers("/v1/remote-keys").hasAnyAuthority("SCOPE_sign", "SCOPE_service")
                .requestMatchers("/csc/v2/info").permitAll()
                .requestMatchers("/csc/**").authenticated() // scopes: by credential, in the controllers
                .requestMatchers("/v1/**").authenticated() // seals: by key, in the controller
                .anyRequest().permitAll())
            .oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(tokens)).authenticationEntryPoint(bearer())
                .accessDeniedHandler((request, response, why) -> response.sendError(HttpServletResponse.SC_FORBIDDEN)))
            .exceptionHandling(refusals -> refusals.authenticationEntryPoint(bearer()))
            .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
            .csrf(AbstractHttpConfigurer::disable) // nothing here is authorised by a cookie
            .requestCache(AbstractHttpConfigurer::disable)
            .logout(AbstractHttpConfigurer::disable);
        return http.build();
    }

    @Bean
    SealsController seals(SealDocument sealDocument, List<SignatureFormat> formats, WorkFolder folder, Limits limits, MeterRegistry metrics) {
        return new SealsController(sealDocument, formats, folder, limits, metrics);
    }

    @Bean
    SignaturesController signatures(PrepareSignature prepare, CompleteSignature complete, DeferredSignatures signatures, Seals seals, List<SignatureFormat> formats,
            WorkFolder folder, Limits limits, MeterRegistry metrics) {
        return new SignaturesController(prepare, complete, signatures, seals, formats, folder, limits, metrics);
    }

    @Bean
    ValidateDocument validateDocument(Validation validation, AuditLog audit, MeterRegistry metrics) {
        return new ValidateDocument(validation, audit, metrics);
    }

    @Bean
    ReadableReport readableReport() {
        return new ReadableReport(new Bilingual());
    }

    @Bean
    ValidationsController validations(ValidateDocument validateDocument, ReadableReport readable, PrintReport print, WorkFolder folder, Limits limits) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename(Bilingual.REASONS);
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return new ValidationsController(validateDocument, new ReportJson(messages), readable, print, folder, limits, Clock.systemUTC());
    }

    @Bean
    TimestampsController timestamps(TimeStamps stamps, AuditLog audit) {
        return new TimestampsController(stamps, audit);
    }

    @Bean
    ExtensionsController extensions(Extension extension, AuditLog audit, WorkFolder folder, Limits limits) {
        return new ExtensionsController(extension, audit, folder, limits);
    }

    @Bean
    KeysController keys(KeyRing keys, KeyOwners owners, TakeOver takeOver) {
        return new KeysController(keys, owners, takeOver);
    }

    @Bean
    BatchesController batches(Batches batches, Hooks hooks, Seals seals, KeyRing keys, List<SignatureFormat> formats, WorkFolder folder, Limits limits) {
        return new BatchesController(batches, hooks, seals, keys, formats, folder, limits);
    }

    @Bean
    DescriptionController description() {
        return new DescriptionController();
    }

    /** RFC 6750, 3: the challenge; the rest is the problem document. */
    private static AuthenticationEntryPoint bearer() {
        return (request, response, why) -> {
            boolean sent = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
            response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
        };
    }
}
