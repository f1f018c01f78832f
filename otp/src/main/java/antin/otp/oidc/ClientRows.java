package antin.otp.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** A client as Spring Security keeps it, and back. */
final class ClientRows {

    private static final String KIND = "antin.kind";
    private static final String REVISION = "antin.revision";
    private static final Duration IDLE = Duration.ofDays(30);
    private static final Duration LONGEST = Duration.ofDays(90);

    private ClientRows() {
    }

    static Client client(RegisteredClient row) {
        ClientSettings settings = row.getClientSettings();
        String keys = settings.getJwkSetUrl() == null ? ClientRules.keys(row).orElse("") : settings.getJwkSetUrl();
        String subject = settings.getX509CertificateSubjectDN();
        String method = row.getClientAuthenticationMethods().stream().map(ClientAuthenticationMethod::getValue).sorted().findFirst().orElse("none");
        return new Client(row.getClientId(), row.getClientName(), kind(row), ClientRules.isActive(row), Clients.sorted(row.getRedirectUris()), Clients.sorted(row.getPostLogoutRedirectUris()),
            Clients.sorted(row.getScopes()), ClientRules.units(row), method, keys, subject == null ? "" : subject, ClientRules.backChannelLogout(row).orElse(""), revision(settings));
    }

    /** @param before what else it has stays: lifetimes, and a second way to send its secret */
    static RegisteredClient row(Client client, @Nullable RegisteredClient before, @Nullable String secret, Instant now) {
        RegisteredClient.Builder row = before == null ? RegisteredClient.withId(UUID.randomUUID().toString()).clientId(client.id()).clientIdIssuedAt(now) : RegisteredClient.from(before);
        return row.clientName(client.name()).clientSecret(secret)
            .clientAuthenticationMethods(methods -> replace(methods, before != null && client(before).method().equals(client.method()) ? before.getClientAuthenticationMethods()
                : Set.of(new ClientAuthenticationMethod(client.method()))))
            .authorizationGrantTypes(grants -> replace(grants, grants(client.kind())))
            .redirectUris(uris -> replace(uris, client.redirects())).postLogoutRedirectUris(uris -> replace(uris, client.logoutRedirects()))
            .scopes(scopes -> replace(scopes, client.scopes()))
            .clientSettings(settings(client, before)).tokenSettings(before == null ? tokens(client) : before.getTokenSettings()).build();
    }

    private static ClientSettings settings(Client client, @Nullable RegisteredClient before) {
        ClientSettings.Builder settings = before == null ? ClientSettings.builder() : ClientSettings.withSettings(before.getClientSettings().getSettings());
        settings.requireProofKey(client.kind() != ClientKind.SERVICE).requireAuthorizationConsent(false).setting(KIND, client.kind().word()).setting(REVISION, String.valueOf(client.revision() + 1))
            .setting(ClientRules.BACK_CHANNEL_LOGOUT, client.logoutAddress());
        boolean address = client.keys().startsWith("https://");
        settings.setting(ClientRules.KEYS, address ? "" : client.keys()).settings(all -> {
            all.remove("settings.client.jwk-set-url");
            all.remove("settings.client.x509-certificate-subject-dn");
            all.remove("settings.client.token-endpoint-authentication-signing-algorithm");
        });
        if (address) {
            settings.jwkSetUrl(client.keys());
        }
        if (!client.subject().isEmpty()) {
            settings.x509CertificateSubjectDN(client.subject());
        }
        if (client.method().equals("private_key_jwt")) {
            settings.tokenEndpointAuthenticationSigningAlgorithm(algorithm(client));
        }
        return ClientRules.settings(settings, client.active(), client.units());
    }

    /** As its keys say, else the one that we use. */
    private static SignatureAlgorithm algorithm(Client client) {
        for (String name : ClientProofs.ALGORITHMS) {
            SignatureAlgorithm algorithm = SignatureAlgorithm.from(name);
            if (algorithm != null && client.keys().contains('"' + name + '"')) {
                return algorithm;
            }
        }
        return client.keys().contains("\"RSA\"") ? SignatureAlgorithm.PS256 : SignatureAlgorithm.ES256;
    }

    private static TokenSettings tokens(Client client) {
        TokenSettings.Builder tokens = TokenSettings.builder().accessTokenTimeToLive(Duration.ofMinutes(5)).authorizationCodeTimeToLive(Duration.ofMinutes(1))
            .deviceCodeTimeToLive(Duration.ofMinutes(10)).idTokenSignatureAlgorithm(SignatureAlgorithm.ES256);
        return ClientRules.lasting(tokens, IDLE, LONGEST).build();
    }

    private static Set<AuthorizationGrantType> grants(ClientKind kind) {
        return switch (kind) {
            case WEB_APP -> Set.of(AuthorizationGrantType.AUTHORIZATION_CODE, AuthorizationGrantType.REFRESH_TOKEN);
            case DEVICE -> Set.of(AuthorizationGrantType.AUTHORIZATION_CODE, AuthorizationGrantType.REFRESH_TOKEN, AuthorizationGrantType.DEVICE_CODE);
            case SERVICE -> Set.of(AuthorizationGrantType.CLIENT_CREDENTIALS);
        };
    }

    private static ClientKind kind(RegisteredClient row) {
        String word = row.getClientSettings().getSetting(KIND);
        return ClientKind.of(word == null ? "" : word).orElseGet(() -> row.getAuthorizationGrantTypes().contains(AuthorizationGrantType.CLIENT_CREDENTIALS) ? ClientKind.SERVICE
            : row.getClientAuthenticationMethods().contains(ClientAuthenticationMethod.NONE) ? ClientKind.DEVICE : ClientKind.WEB_APP);
    }

    private static long revision(ClientSettings settings) {
        String revision = settings.getSetting(REVISION);
        return revision == null ? 0 : Long.parseLong(revision);
    }

    private static <T> void replace(Set<T> present, Iterable<T> wanted) {
        Set<T> copy = new HashSet<>();
        wanted.forEach(copy::add);
        present.clear();
        present.addAll(copy);
    }

}
