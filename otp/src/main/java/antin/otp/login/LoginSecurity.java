package antin.otp.login;

import antin.otp.policy.Act;
import antin.otp.policy.Factor;
import antin.otp.policy.LoginPolicy;
import antin.otp.sentcode.Destinations;
import antin.otp.sentcode.SentCodes;
import antin.otp.passkey.Passkeys;
import antin.web.SecurityHeaders;
import antin.web.WebConfiguration;
import antin.web.WebConfiguration.Texts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.security.web.authentication.logout.LogoutHandler;
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
@Import({LoginPages.class, PasswordPages.class, AgainPages.class, EnrolPages.class, PasskeyPages.class, CertificatePages.class, SentCodePages.class})
public class LoginSecurity {

    static final int IDLE_SECONDS = 15 * 60;
    private static final String SESSION_COOKIE = "__Host-session"; // RFC 6265bis, 4.1.3.2: Secure, this host, path /

    @Bean
    Texts loginTexts() {
        return new Texts("antin/otp/messages");
    }

    @Bean
    Texts factorTexts() {
        return new Texts("antin/otp/factors");
    }

    @Bean
    Texts sentCodeTexts() {
        return new Texts("antin/otp/sentcodes");
    }

    @Bean
    SecondStep secondStep(Passkeys passkeys, SentCodes sentCodes, Destinations destinations, TokenPort tokenPort, PasswordAge age, Factors factors, LoginPolicy policy, LoginSession session) {
        return new SecondStep(passkeys, sentCodes, destinations, tokenPort, age, factors, policy, session);
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
    PersonSessions personSessions(JdbcIndexedSessionRepository sessions, PersonSessions.Others others) {
        return new PersonSessions(sessions, others);
    }

    @Bean
    SecurityFilterChain chain(HttpSecurity http, Factors factors, ActivePeople people, LoginPolicy policy, Clock clock, Customizer<OAuth2AuthorizationServerConfigurer> provider,
        HttpSessionSecurityContextRepository contexts, CookieCsrfTokenRepository csrfTokens, LogoutHandler clientsToo) {
        AuthenticationEntryPoint toPassword = page(request -> Target.of(request).through(LoginPages.LOGIN));
        UnaryOperator<AuthorizationManager<RequestAuthorizationContext>> still = rule -> new StillAllowed(rule, people, policy, clock);
        http.oauth2AuthorizationServer(provider)
            .authorizeHttpRequests(rules -> rules
                .requestMatchers(WebConfiguration.ASSETS.toArray(String[]::new)).permitAll()
                .requestMatchers("/", "/error", LoginPages.LOGIN, CertificatePages.PATH, "/login/outside", "/login/outside/back").permitAll()
                .requestMatchers(LoginPages.CODE, SentCodePages.PATH, EnrolPages.PATH).access(factors.firstOnly())
                .requestMatchers(EnrolPages.DEVICE).access(still.apply(factors.ticket()))
                .requestMatchers(PasskeyPages.PATH, PasskeyPages.PATH + "/options").permitAll() // asks itself: before, between and after the steps
                .requestMatchers(PasswordPages.PASSWORD).access(still.apply(factors.anyPassword()))
                // No code without both factors. The endpoint must be named: its own filter asks only whether somebody is there.
                .requestMatchers(Target.AUTHORIZE, Target.DEVICE).access(still.apply(factors.complete()))
                .requestMatchers("/account/factors/**", "/account/certificates/**").access(still.apply(factors.fresh(Act.ENROLMENT)))
                .requestMatchers("/account/app-passwords/**").access(still.apply(factors.fresh(Act.APP_PASSWORDS)))
                .requestMatchers("/admin/**", "/approvals/**").access(still.apply(factors.fresh(Act.ADMINISTRATION)))
                .requestMatchers("/oauth2/token", "/oauth2/introspect", "/oauth2/revoke", "/oauth2/device_authorization", "/oauth2/par", "/userinfo", "/connect/logout").authenticated()
                .anyRequest().access(still.apply(factors.complete())))
            .securityContext(context -> context.securityContextRepository(contexts))
            .requestCache(cache -> cache.requestCache(new NullRequestCache()))
            .csrf(csrf -> csrf.csrfTokenRepository(csrfTokens))
            .headers(new SecurityHeaders())
            .logout(logout -> logout.addLogoutHandler(clientsToo).logoutSuccessUrl("/login?bye").deleteCookies(SESSION_COOKIE))
            .exceptionHandling(refusals -> refusals.authenticationEntryPoint(toPassword)
                .defaultDeniedHandlerForMissingAuthority(toPassword, Factor.PASSWORD.authority())
                .defaultDeniedHandlerForMissingAuthority(page(request -> Target.of(request).through(LoginPages.CODE)), Factor.CODE.authority())
                .defaultDeniedHandlerForMissingAuthority(page(request -> Target.of(request).through(PasswordPages.PASSWORD)), Factors.FIT)
                .defaultDeniedHandlerForMissingAuthority(page(request -> Target.ofPage(request).again()), Factors.FRESH));
        return http.build();
    }

    /** The OpenID provider's addresses that no browser shows. */
    private static boolean isOfPrograms(HttpServletRequest request) {
        String path = request.getRequestURI();
        return request.getMethod().equals("POST") && path.startsWith("/oauth2/") && !path.equals(Target.AUTHORIZE) && !path.equals(Target.DEVICE);
    }

    /** People are sent to a page of ours; systems are told 401. */
    private static AuthenticationEntryPoint page(Function<HttpServletRequest, String> address) {
        return (request, response, why) -> {
            String accept = request.getHeader("Accept");
            if (isOfPrograms(request)) { // RFC 6749, 5.2: programs read no page
                response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
                response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic");
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getWriter().write("{\"error\":\"invalid_client\"}");
            } else if (accept == null || accept.contains(MediaType.TEXT_HTML_VALUE) || accept.contains(MediaType.ALL_VALUE)) {
                response.sendRedirect(address.apply(request));
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
            }
        };
    }
}
