package antin.backbone;

import antin.kernel.SecretFile;
import antin.otp.oidc.ClientRules;
import antin.otp.oidc.MachineSecrets;
import antin.otp.vault.Vault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
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

/** The sample's two clients: a document system that acts for itself, and a program on a person's computer. */
final class SampleClients {

    private static final String DOCUMENTS = "sample-documents";
    private static final String WEB = "sample-web";
    private static final int SECRET_BYTES = 32;
    private static final List<String> DOCUMENTS_SCOPES = List.of("seal:sample-seal", "seal:sample-seal-ec", "seal:sample-agency", "sign", "validate",
        "timestamp", "directory.read");
    private static final List<String> WEB_SCOPES = List.of("openid", "profile", "email", "offline_access", "mail.imap", "mail.pop", "mail.smtp", "mail.sieve", "mail.jmap",
        "sign", "validate", "timestamp", "service", "credential");
    private static final TokenSettings TOKENS = TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(5))
        .authorizationCodeTimeToLive(Duration.ofMinutes(1)).idTokenSignatureAlgorithm(SignatureAlgorithm.ES256).build();
    private static final TokenSettings LASTING = ClientRules.lasting(TokenSettings.withSettings(TOKENS.getSettings()), Duration.ofHours(8), Duration.ofDays(7)).build();
    /** No page to consent: the administrator who registers a client decides for the house. */
    private static final ClientSettings CODE_WITH_PKCE = ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false).build();

    private final Path file;
    private final JdbcRegisteredClientRepository clients;
    private final MachineSecrets secrets;

    SampleClients(Path file, DataSource database, Vault vault) {
        this.file = file;
        this.clients = new JdbcRegisteredClientRepository(new JdbcTemplate(database));
        this.secrets = new MachineSecrets(vault);
    }

    /** The file first, {@code client TAB secret}; then the rows, as the file and this program have them. */
    void make(SecureRandom random) throws IOException {
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            random.nextBytes(secret);
            SecretFile.write(file, DOCUMENTS + '\t' + Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + '\n');
        }
        String secret = SecretFile.text(file).lines().filter(line -> line.startsWith(DOCUMENTS + '\t')).findFirst().orElseThrow().split("\t", -1)[1];
        clients.save(RegisteredClient.withId(DOCUMENTS).clientId(DOCUMENTS).clientName("Sample document system").clientSecret(secrets.encode(secret))
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS).scopes(scopes -> scopes.addAll(DOCUMENTS_SCOPES))
            .tokenSettings(TOKENS).build());
        clients.save(RegisteredClient.withId(WEB).clientId(WEB).clientName("Sample program")
            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE).authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
            .redirectUri("http://127.0.0.1/callback").redirectUri("http://[::1]/callback") // RFC 8252, 7.3: on loopback any port fits
            .scopes(scopes -> scopes.addAll(WEB_SCOPES)).clientSettings(CODE_WITH_PKCE).tokenSettings(LASTING).build());
    }
}
