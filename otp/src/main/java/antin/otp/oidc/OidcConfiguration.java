package antin.otp.oidc;

import antin.directory.Directory;
import antin.otp.apppassword.EndedLogins;
import antin.otp.login.ActivePeople;
import antin.otp.login.Factors;
import antin.otp.login.Outcomes;
import antin.otp.login.PersonSessions;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Vault;
import antin.web.WebConfiguration.Texts;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationConsentService;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.security.SpringSessionBackedSessionRegistry;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The provider's parts, all resting on the database. */
@Configuration(proxyBeanMethods = false)
@Import({DevicePages.class, CredentialPages.class})
public class OidcConfiguration {

    @Bean
    Texts clientTexts() {
        return new Texts("antin/otp/clients");
    }

    @Bean
    Audience audience(OidcSettings settings) {
        return new Audience(settings);
    }

    @Bean
    ClientRules clientRules(Directory directory) {
        return new ClientRules(directory);
    }

    @Bean
    TokenFamilies tokenFamilies(JdbcClient database, EndedLogins endedLogins, Outcomes outcomes, Clock clock) {
        return new TokenFamilies(database, endedLogins, outcomes, clock);
    }

    @Bean
    ClientProofs clientProofs(OidcSettings settings, RegisteredClientRepository clients, ClientCertificates certificates, JdbcClient database, Vault vault) {
        return new ClientProofs(settings, clients, certificates, database, vault, Clock.systemUTC());
    }

    @Bean
    LogoutNotices logoutNotices(JdbcClient database, RegisteredClientRepository clients, JwtEncoder encoder, OidcSettings settings, Outcomes outcomes, Clock clock) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).followRedirects(HttpClient.Redirect.NEVER).build();
        return new LogoutNotices(database, clients, encoder, settings, http, outcomes, clock).start();
    }

    @Bean
    Logouts logouts(JdbcClient database, OAuth2AuthorizationService authorizations, RegisteredClientRepository clients, LogoutNotices notices) {
        return new Logouts(database, authorizations, clients, notices);
    }

    /** Where a person's sessions are ended for them, clients are told, and what they were given is void. */
    @Bean
    PersonSessions.Others clientsOf(TokenFamilies families, Logouts logouts) {
        return person -> {
            logouts.endAll(person);
            families.endAll(person, "sessions", "");
        };
    }

    @Bean
    Customizer<OAuth2AuthorizationServerConfigurer> openIdProvider(OidcSettings settings, Audience audience, JdbcClient database, PlatformTransactionManager transactions,
        OAuth2AuthorizationService authorizations, RegisteredClientRepository clients, Vault vault, TokenFamilies families, ActivePeople people, ClientRules rules, Factors factors,
        Throttle throttle, ClientProofs proofs, Logouts logouts, Outcomes outcomes, Clock clock) {
        LoginAge age = new LoginAge(factors, clock);
        UseOnce.Books books = new UseOnce.Books(database, new TransactionTemplate(transactions), authorizations, clients, new TokenHashes(vault), families, people, rules, outcomes, clock);
        return new OpenIdProvider(settings, audience, new CodeRequests(audience, age, factors, people, rules), new Codes(clock), books,
            spring -> new DeviceVerification(spring, authorizations, clients, throttle, age, people, rules, outcomes), proofs, logouts);
    }

    @Bean
    AuthorizationServerSettings authorizationServerSettings(OidcSettings settings) {
        return AuthorizationServerSettings.builder().issuer(settings.issuer()).build();
    }

    @Bean
    SigningKeys signingKeys(JdbcClient database, PlatformTransactionManager transactions, Vault vault, Clock clock) {
        return new SigningKeys(database, new TransactionTemplate(transactions), vault, clock);
    }

    @Bean
    JWKSource<SecurityContext> publishedKeys(SigningKeys stored, Clock clock) {
        stored.load(); // made at the first start, not at the first question
        return new PublishedKeys(stored, clock);
    }

    @Bean
    JwtEncoder jwtEncoder(JWKSource<SecurityContext> keys) {
        NimbusJwtEncoder encoder = new NimbusJwtEncoder(keys);
        encoder.setJwkSelector(PublishedKeys::signing);
        return encoder;
    }

    @Bean
    OAuth2TokenGenerator<OAuth2Token> tokens(JwtEncoder encoder, Audience audience, ActivePeople people, Clock clock) {
        JwtGenerator jwts = new JwtGenerator(encoder);
        jwts.setJwtCustomizer(new TokenContent(audience, people));
        return new DelegatingOAuth2TokenGenerator(jwts, new RefreshTokens(clock));
    }

    @Bean
    RegisteredClientRepository clients(JdbcOperations jdbc) {
        return new ActiveClients(new JdbcRegisteredClientRepository(jdbc));
    }

    @Bean
    Clients registeredClients(JdbcOperations jdbc, JdbcClient database, PlatformTransactionManager transactions, Directory directory, Vault vault, TokenFamilies families, Clock clock) {
        return new Clients(new JdbcRegisteredClientRepository(jdbc), database, new TransactionTemplate(transactions), directory, new MachineSecrets(vault), families, clock);
    }

    @Bean
    OAuth2AuthorizationService authorizations(JdbcOperations jdbc, RegisteredClientRepository clients, Vault vault) {
        return new HashedAuthorizations(jdbc, clients, new TokenHashes(vault));
    }

    @Bean
    OAuth2AuthorizationConsentService consents() {
        return new NoConsents();
    }

    @Bean
    PasswordEncoder clientSecrets(Vault vault) {
        return new MachineSecrets(vault);
    }

    /** Session ids for ID tokens come from the stored sessions; Spring's own registry would keep them in memory for ever. */
    @Bean
    SessionRegistry sessionRegistry(JdbcIndexedSessionRepository sessions) {
        return new SpringSessionBackedSessionRegistry<>(sessions);
    }

    /** For /userinfo: our own access tokens, and no ID token (RFC 9068, 4). */
    @Bean
    JwtDecoder accessTokens(JWKSource<SecurityContext> keys, OidcSettings settings) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.ES256)
            .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(TokenContent.ACCESS_TOKEN_TYPE)))).build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(), new JwtIssuerValidator(settings.issuer())));
        return decoder;
    }
}
