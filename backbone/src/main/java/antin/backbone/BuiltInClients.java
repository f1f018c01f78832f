package antin.backbone;

import antin.otp.oidc.ClientRules;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Clients that every installation has: mail programs on people's computers and phones, which are one client for all. What an administrator changed of it stays. */
final class BuiltInClients {

    /** As mail programs are set up with it. */
    static final String MAIL = "mail-client";
    static final Duration IDLE = Duration.ofDays(30);
    static final Duration LONGEST = Duration.ofDays(90);
    /** RFC 8252, 7.3: on loopback any port fits. Thunderbird comes back to an address without a path; others write one, or the name. */
    private static final List<String> REDIRECTS = List.of("http://127.0.0.1", "http://127.0.0.1/", "http://[::1]/", "http://localhost", "http://localhost/");
    private static final List<String> SCOPES = List.of("openid", "profile", "email", "offline_access", "mail.imap", "mail.pop", "mail.smtp", "mail.sieve");

    private final JdbcRegisteredClientRepository clients;

    BuiltInClients(DataSource database) {
        this.clients = new JdbcRegisteredClientRepository(new JdbcTemplate(database));
    }

    void make() {
        if (clients.findByClientId(MAIL) != null) {
            return;
        }
        clients.save(RegisteredClient.withId(MAIL).clientId(MAIL).clientName("Chương trình thư").clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE).authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
            .redirectUris(uris -> uris.addAll(REDIRECTS)).scopes(scopes -> scopes.addAll(SCOPES))
            .clientSettings(ClientRules.settings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).setting(ClientRules.STAYS, true), true, List.of()))
            .tokenSettings(ClientRules.lasting(TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(5)).authorizationCodeTimeToLive(Duration.ofMinutes(1))
                .deviceCodeTimeToLive(Duration.ofMinutes(10)).idTokenSignatureAlgorithm(SignatureAlgorithm.ES256), IDLE, LONGEST).build()).build());
    }
}
