package antin.otp.login;

import antin.directory.Person;
import antin.directory.password.PasswordPolicy;
import antin.web.SecurityHeaders;
import antin.web.WebConfiguration;
import antin.web.WebConfiguration.Texts;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.authentication.session.CompositeSessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfAuthenticationStrategy;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Who may see which page of the backbone: one chain of filters, one list of rules. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(maxInactiveIntervalInSeconds = LoginSecurity.IDLE_SECONDS)
@Import({LoginPages.class, PasswordPages.class, AccountPages.class})
public class LoginSecurity {

    static final int IDLE_SECONDS = 15 * 60;
    private static final Duration IDLE_ADMINISTRATOR = Duration.ofMinutes(5);
    private static final String SESSION_COOKIE = "__Host-session"; // RFC 6265bis, 4.1.3.2: Secure, this host, path /

    @Bean
    Texts loginTexts() {
        return new Texts("antin/otp/messages");
    }

    @Bean
    CookieSerializer sessionCookie() {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(SESSION_COOKIE);
        cookie.setCookiePath("/");
        cookie.setUseSecureCookie(true);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax"); // Strict would hide it from a client that sends a person to /oauth2/authorize
        return cookie;
    }

    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer postgreSqlSessions() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    @Bean
    HttpSessionSecurityContextRepository contexts() {
        return new HttpSessionSecurityContextRepository();
    }

    /** The token lies in a cookie of its own, not in a session: strangers who only look at the page cost no row. */
    @Bean
    CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName("__Host-csrf");
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(cookie -> cookie.secure(true).sameSite("Strict"));
        return tokens;
    }

    @Bean
    LoginSession loginSession(HttpSessionSecurityContextRepository contexts, CookieCsrfTokenRepository csrfTokens) {
        return new LoginSession(contexts, new CompositeSessionAuthenticationStrategy(
            List.of(new ChangeSessionIdAuthenticationStrategy(), new CsrfAuthenticationStrategy(csrfTokens))));
    }

    @Bean
    PersonSessions personSessions(JdbcIndexedSessionRepository sessions) {
        return new PersonSessions(sessions);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Factors factors, ActivePeople people, Customizer<OAuth2AuthorizationServerConfigurer> provider,
        HttpSessionSecurityContextRepository contexts, CookieCsrfTokenRepository csrfTokens) {
        AuthenticationEntryPoint toPassword = page(LoginPages.LOGIN);
        http.oauth2AuthorizationServer(provider)
            .authorizeHttpRequests(rules -> rules
                .requestMatchers(WebConfiguration.ASSETS.toArray(String[]::new)).permitAll()
                .requestMatchers("/", "/error", LoginPages.LOGIN).permitAll()
                .requestMatchers(LoginPages.CODE).access(factors.passwordOnly())
                .requestMatchers(PasswordPages.PASSWORD).access(active(factors.anyPassword(), people))
                // No code without both factors. The endpoint must be named: its own filter asks only whether somebody is there.
                .requestMatchers(Target.AUTHORIZE, "/account", "/account/**", "/login/continue").access(active(factors.both(), people))
                .requestMatchers("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/userinfo", "/connect/logout").authenticated()
                .anyRequest().access(factors.both()))
            .securityContext(context -> context.securityContextRepository(contexts))
            .requestCache(cache -> cache.requestCache(new NullRequestCache()))
            .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
            .headers(new SecurityHeaders())
            .logout(logout -> logout.logoutSuccessUrl("/login?bye").deleteCookies(SESSION_COOKIE))
            .exceptionHandling(refusals -> refusals.authenticationEntryPoint(toPassword)
                .defaultDeniedHandlerForMissingAuthority(toPassword, Factors.PASSWORD)
                .defaultDeniedHandlerForMissingAuthority(page(LoginPages.CODE), Factors.CODE)
                .defaultDeniedHandlerForMissingAuthority(page(PasswordPages.PASSWORD), Factors.FIT));
        return http.build();
    }

    /** How long a person's session lasts without use (TCVN 14423:2026, level 3: administrators and auditors less). */
    static Duration idle(Person person) {
        return PasswordPolicy.isStrictFor(person.roles()) ? IDLE_ADMINISTRATOR : Duration.ofSeconds(IDLE_SECONDS);
    }

    /** People are sent to a page of ours; systems are told 401. */
    private static AuthenticationEntryPoint page(String path) {
        return (request, response, why) -> {
            String accept = request.getHeader("Accept");
            if (accept == null || accept.contains(MediaType.TEXT_HTML_VALUE) || accept.contains(MediaType.ALL_VALUE)) {
                response.sendRedirect(Target.of(request).through(path));
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }

    /** Whoever left since logging in is out. */
    private static AuthorizationManager<RequestAuthorizationContext> active(AuthorizationManager<RequestAuthorizationContext> rule, ActivePeople people) {
        return (authentication, context) -> {
            AuthorizationResult result = rule.authorize(authentication, context);
            return result != null && result.isGranted() && people.find(authentication.get().getName()).isEmpty()
                ? new AuthorizationDecision(false) : result;
        };
    }
}
