package antin.otp.oidc;

import antin.otp.vault.Vault;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderFactory;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.web.authentication.AuthenticationConverter;

/** How clients prove who they are without a secret that we know: signed assertions (RFC 7523) and certificates (RFC 8705), by keys that an administrator registered. */
final class ClientProofs implements JwtDecoderFactory<RegisteredClient> {

    static final List<String> ALGORITHMS = List.of("ES256", "ES384", "PS256", "RS256");
    private static final int MILLISECONDS = 3_000;
    private static final int MOST_BYTES = 64 * 1024;

    private record Source(String keys, JWKSource<SecurityContext> published) {
    }

    private final OidcSettings settings;
    private final RegisteredClientRepository clients;
    private final ClientCertificates certificates;
    private final JdbcClient database;
    private final Vault vault;
    private final Clock wall;
    private final Map<String, Source> sources = new ConcurrentHashMap<>();

    /** @param wall the clock that clients share with us */
    ClientProofs(OidcSettings settings, RegisteredClientRepository clients, ClientCertificates certificates, JdbcClient database, Vault vault, Clock wall) {
        this.settings = settings;
        this.clients = clients;
        this.certificates = certificates;
        this.database = database;
        this.vault = vault;
        this.wall = wall;
    }

    @Override
    public JwtDecoder createDecoder(RegisteredClient client) {
        if (!(client.getClientSettings().getTokenEndpointAuthenticationSigningAlgorithm() instanceof SignatureAlgorithm algorithm) || !ALGORITHMS.contains(algorithm.getName())) {
            throw refused("signature algorithm");
        }
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys(client)).jwsAlgorithm(algorithm).build();
        decoder.setJwtValidator(new Assertions(client.getClientId(), settings.issuer(), database, vault, wall));
        return decoder;
    }

    /** By how a client that came with a certificate is registered, not by how long its chain is. */
    AuthenticationConverter certificates() {
        return request -> {
            String[] names = request.getParameterValues("client_id");
            if (!(request.getAttribute("jakarta.servlet.request.X509Certificate") instanceof X509Certificate[] chain) || chain.length == 0 || names == null || names.length != 1) {
                return null;
            }
            RegisteredClient client = clients.findByClientId(names[0]);
            Optional<ClientAuthenticationMethod> method = client == null ? Optional.empty() : client.getClientAuthenticationMethods().stream()
                .filter(one -> one.equals(ClientAuthenticationMethod.TLS_CLIENT_AUTH) || one.equals(ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH)).findFirst();
            return method.<Authentication>map(one -> new OAuth2ClientAuthenticationToken(names[0], one, chain, parameters(request.getParameterMap()))).orElse(null);
        };
    }

    /** RFC 8705, 2.1 and 2.2. */
    void verifyCertificate(OAuth2ClientAuthenticationContext context) {
        OAuth2ClientAuthenticationToken client = context.getAuthentication();
        if (!(client.getCredentials() instanceof X509Certificate[] chain)) {
            throw refused("certificate");
        }
        boolean known = ClientAuthenticationMethod.SELF_SIGNED_TLS_CLIENT_AUTH.equals(client.getClientAuthenticationMethod())
            ? isRegistered(context.getRegisteredClient(), chain[0]) : isTrusted(context.getRegisteredClient(), chain[0]);
        if (!known) {
            throw refused("certificate");
        }
    }

    List<String> certificateMethods() {
        return settings.certificatesUrl().isPresent() ? List.of("self_signed_tls_client_auth", "tls_client_auth") : List.of();
    }

    /** RFC 8705, 5: clients with a certificate come by another port, since browsers must not be asked for one. Tokens are not bound to it: no service of ours could check that. */
    void aliases(Map<String, Object> claims) {
        claims.remove("tls_client_certificate_bound_access_tokens");
        settings.certificatesUrl().ifPresent(url -> claims.put("mtls_endpoint_aliases", new LinkedHashMap<>(Map.of("token_endpoint", url + "/oauth2/token",
            "introspection_endpoint", url + "/oauth2/introspect", "revocation_endpoint", url + "/oauth2/revoke", "device_authorization_endpoint", url + "/oauth2/device_authorization",
            "pushed_authorization_request_endpoint", url + "/oauth2/par"))));
    }

    private boolean isTrusted(RegisteredClient client, X509Certificate certificate) {
        String name = client.getClientSettings().getX509CertificateSubjectDN();
        return name != null && !name.isBlank() && new X500Principal(name).equals(certificate.getSubjectX500Principal()) && certificates.isGood(certificate);
    }

    private static boolean isRegistered(RegisteredClient client, X509Certificate certificate) {
        try {
            certificate.checkValidity();
            for (JWK key : JWKSet.parse(ClientRules.keys(client).orElse("{\"keys\":[]}")).getKeys()) {
                List<X509Certificate> chain = key.getParsedX509CertChain();
                if (chain != null && !chain.isEmpty() && chain.getFirst().equals(certificate)) {
                    return true;
                }
            }
            return false;
        } catch (ParseException | GeneralSecurityException e) {
            return false;
        }
    }

    private JWKSource<SecurityContext> keys(RegisteredClient client) {
        String address = client.getClientSettings().getJwkSetUrl();
        try {
            if (address == null || address.isBlank()) {
                return new ImmutableJWKSet<>(JWKSet.parse(ClientRules.keys(client).orElseThrow(() -> refused("keys"))));
            }
            Source known = sources.get(client.getId());
            if (known == null || !known.keys().equals(address)) {
                known = new Source(address, JWKSourceBuilder.create(URI.create(address).toURL(), new DefaultResourceRetriever(MILLISECONDS, MILLISECONDS, MOST_BYTES)).build());
                sources.put(client.getId(), known);
            }
            return known.published();
        } catch (ParseException | MalformedURLException | IllegalArgumentException e) {
            throw refused("keys");
        }
    }

    private static Map<String, Object> parameters(Map<String, String[]> sent) {
        Map<String, Object> single = new LinkedHashMap<>();
        if ("authorization_code".equals(first(sent, "grant_type")) && sent.containsKey("code")) { // the verifier is checked along with the client
            sent.forEach((name, values) -> single.put(name, values.length == 1 ? values[0] : values));
            single.remove("client_id");
        }
        return single;
    }

    private static String first(Map<String, String[]> sent, String name) {
        String[] values = sent.get(name);
        return values == null || values.length == 0 ? "" : values[0];
    }

    private static OAuth2AuthenticationException refused(String what) {
        return new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_CLIENT, "Client authentication failed: " + what, null));
    }
}
