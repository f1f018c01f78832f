package antin.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import antin.directory.opendj.TestDirectory.TestPerson;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.AuthorizationGrant;
import com.nimbusds.oauth2.sdk.PushedAuthorizationRequest;
import com.nimbusds.oauth2.sdk.PushedAuthorizationResponse;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenIntrospectionRequest;
import com.nimbusds.oauth2.sdk.TokenIntrospectionResponse;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.TokenRevocationRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.JWTAuthenticationClaimsSet;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With an OpenID Connect library that is not ours (Nimbus), from discovery to logout. */
class OtherClientTest {

    private static final URI REDIRECT = URI.create("https://rp.city.example/callback");
    private static final URI AFTERWARDS = URI.create("https://rp.city.example/bye");

    private final TestBackbone backbone = TestBackbone.shared();
    private final TestBrowser browser = new TestBrowser(backbone);
    private final TestPerson person = backbone.directory.people().get(10);

    @BeforeEach
    void anotherDay() {
        backbone.clock.forward(Duration.ofHours(49));
    }

    @Test
    void goesAllTheWayWithItsPrivateKey() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256).generate();
        ClientID id = register(key);
        OIDCProviderMetadata provider = OIDCProviderMetadata.parse(browser.get(backbone.uri("/.well-known/openid-configuration"), "application/json").body());
        assertThat(provider.supportsAuthorizationResponseIssuerParam()).isTrue();
        browser.logIn(person);

        // pushed request, code and proof key
        CodeVerifier verifier = new CodeVerifier();
        Nonce nonce = new Nonce();
        State state = new State();
        AuthenticationRequest request = new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid", "profile", "email", "offline_access"), id, REDIRECT)
            .state(state).nonce(nonce).codeChallenge(verifier, CodeChallengeMethod.S256).endpointURI(provider.getAuthorizationEndpointURI()).build();
        PushedAuthorizationResponse pushed = PushedAuthorizationResponse.parse(send(new PushedAuthorizationRequest(provider.getPushedAuthorizationRequestEndpointURI(), proof(id, key), request)
            .toHTTPRequest()));
        assertThat(pushed.indicatesSuccess()).as(String.valueOf(pushed.toHTTPResponse().getBody())).isTrue();
        AuthenticationRequest short_ = new AuthenticationRequest.Builder(pushed.toSuccessResponse().getRequestURI(), id).endpointURI(provider.getAuthorizationEndpointURI()).build();
        AuthenticationResponse answer = AuthenticationResponseParser.parse(URI.create(browser.get(short_.toURI().toString()).headers().firstValue("Location").orElseThrow()));
        assertThat(answer.getState()).isEqualTo(state);
        assertThat(answer.getIssuer()).isEqualTo(provider.getIssuer());
        OIDCTokenResponse first = tokens(provider, proof(id, key), new AuthorizationCodeGrant(answer.toSuccessResponse().getAuthorizationCode(), REDIRECT, verifier));

        // ID token
        JWKSet keys = JWKSet.parse(browser.get(provider.getJWKSetURI(), "application/json").body());
        IDTokenClaimsSet claims = new IDTokenValidator(provider.getIssuer(), id, JWSAlgorithm.ES256, keys).validate(first.getOIDCTokens().getIDToken(), nonce);
        assertThat(claims.getSubject().getValue()).isEqualTo(person.number());
        assertThat(claims.getACR().getValue()).isEqualTo("urn:antin:acr:two-factors");
        assertThat(claims.getSessionID()).isNotNull();

        // user info, introspection
        UserInfoResponse info = UserInfoResponse.parse(send(new UserInfoRequest(provider.getUserInfoEndpointURI(), first.getOIDCTokens().getBearerAccessToken()).toHTTPRequest()));
        assertThat(info.toSuccessResponse().getUserInfo().getEmailAddress()).isEqualTo(person.address());
        assertThat(introspect(provider, id, key, first).isActive()).isTrue();

        // refresh: another one each time
        OIDCTokenResponse second = tokens(provider, proof(id, key), new RefreshTokenGrant(first.getOIDCTokens().getRefreshToken()));
        assertThat(second.getOIDCTokens().getRefreshToken()).isNotEqualTo(first.getOIDCTokens().getRefreshToken());
        assertThat(introspect(provider, id, key, second).isActive()).isTrue();

        // logout, which the client is told of
        String logout = new LogoutRequest(provider.getEndSessionEndpointURI(), second.getOIDCTokens().getIDToken(), AFTERWARDS, new State("s2")).toURI().toString();
        assertThat(browser.get(logout).headers().firstValue("Location")).hasValue(AFTERWARDS + "?state=s2");
        assertThat(browser.get("/account").headers().firstValue("Location")).hasValueSatisfying(to -> assertThat(to).contains("/login"));
        assertThat(JdbcClient.create(backbone.postgres.getPostgresDatabase()).sql("SELECT sid FROM logout_notice WHERE person = ?").param(person.number())
            .query((row, number) -> row.getString("sid")).list()).contains(claims.getSessionID().getValue());

        // revocation
        assertThat(send(new TokenRevocationRequest(provider.getRevocationEndpointURI(), proof(id, key), second.getOIDCTokens().getRefreshToken()).toHTTPRequest()).getStatusCode()).isEqualTo(200);
        assertThat(introspect(provider, id, key, second).isActive()).as("revoked with its family").isFalse();
    }

    @Test
    void provesItselfOnceForUsAloneAndForMinutes() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k1").keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256).generate();
        ClientID id = register(key);
        Issuer issuer = new Issuer(backbone.url());
        PrivateKeyJWT good = proof(id, key);
        assertThat(status(good)).as("a code that is none, but the client is known").isEqualTo(400);
        assertThat(status(good)).as("replayed").isEqualTo(401);
        assertThat(status(proof(id, new Audience("https://other.example"), Instant.now().plusSeconds(60), key))).as("for another").isEqualTo(401);
        assertThat(status(proof(id, new Audience(issuer), Instant.now().plusSeconds(3600), key))).as("too long").isEqualTo(401);
        assertThat(status(proof(id, new Audience(issuer), Instant.now().minusSeconds(300), key))).as("over").isEqualTo(401);
        assertThat(status(proof(id, new Audience(issuer), Instant.now().plusSeconds(60), new ECKeyGenerator(Curve.P_256).keyID("k1").generate()))).as("another key").isEqualTo(401);
        assertThat(status(proof(id, new Audience(backbone.url() + "/oauth2/token"), Instant.now().plusSeconds(60), key))).as("the other name of the audience").isEqualTo(400);
    }

    @Test
    void asksForADevice() throws Exception {
        OIDCProviderMetadata provider = OIDCProviderMetadata.parse(browser.get(backbone.uri("/.well-known/openid-configuration"), "application/json").body());
        DeviceAuthorizationResponse answer = DeviceAuthorizationResponse.parse(send(new DeviceAuthorizationRequest.Builder(new ClientID("mail-client")).endpointURI(
            provider.getDeviceAuthorizationEndpointURI()).scope(new Scope("mail.imap")).build().toHTTPRequest()));
        assertThat(answer.indicatesSuccess()).isTrue();
        assertThat(answer.toSuccessResponse().getVerificationURI().toString()).isEqualTo(backbone.url() + "/oauth2/device_verification");
        assertThat(answer.toSuccessResponse().getLifetime()).isEqualTo(600);
    }

    private ClientID register(ECKey key) {
        TestBrowser admin = new TestBrowser(backbone).logIn(backbone.directory.people().stream().filter(one -> one.address().startsWith("cuong.le@")).findFirst().orElseThrow());
        String id = "rp-" + UUID.randomUUID().toString().substring(0, 8);
        var answer = admin.post("/admin/clients/new?kind=web-app", "/admin/clients/new", "kind", "web-app", "client-id", id, "client-name", "Bên tin cậy", "scopes", "openid", "scopes", "profile",
            "scopes", "email", "scopes", "offline_access", "redirects", REDIRECT.toString(), "logout-redirects", AFTERWARDS.toString(), "method", "private_key_jwt",
            "keys", new JWKSet(key.toPublicJWK()).toString(), "logout-address", "https://127.0.0.1:1/backchannel");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        return new ClientID(id);
    }

    private int status(PrivateKeyJWT proof) throws Exception {
        return send(new TokenRequest(backbone.uri("/oauth2/token"), proof, new RefreshTokenGrant(new com.nimbusds.oauth2.sdk.token.RefreshToken("none"))).toHTTPRequest()).getStatusCode();
    }

    private PrivateKeyJWT proof(ClientID id, ECKey key) throws Exception {
        return proof(id, new Audience(backbone.url()), Instant.now().plusSeconds(60), key);
    }

    private static PrivateKeyJWT proof(ClientID id, Audience audience, Instant expires, ECKey key) throws Exception {
        return new PrivateKeyJWT(new JWTAuthenticationClaimsSet(id, audience.toSingleAudienceList(), Date.from(expires), null, Date.from(Instant.now()), new com.nimbusds.oauth2.sdk.id.JWTID()),
            JWSAlgorithm.ES256, key.toECPrivateKey(), key.getKeyID(), null);
    }

    private OIDCTokenResponse tokens(OIDCProviderMetadata provider, ClientAuthentication proof, AuthorizationGrant grant) throws Exception {
        TokenResponse answer = OIDCTokenResponseParser.parse(send(new TokenRequest(provider.getTokenEndpointURI(), proof, grant).toHTTPRequest()));
        assertThat(answer.indicatesSuccess()).as(String.valueOf(answer.toHTTPResponse().getBody())).isTrue();
        return (OIDCTokenResponse) answer.toSuccessResponse();
    }

    private com.nimbusds.oauth2.sdk.TokenIntrospectionSuccessResponse introspect(OIDCProviderMetadata provider, ClientID id, ECKey key, OIDCTokenResponse tokens) throws Exception {
        return TokenIntrospectionResponse.parse(send(new TokenIntrospectionRequest(provider.getIntrospectionEndpointURI(), proof(id, key), tokens.getOIDCTokens().getAccessToken()).toHTTPRequest()))
            .toSuccessResponse();
    }

    private HTTPResponse send(HTTPRequest request) throws Exception {
        request.setSSLSocketFactory(backbone.trust().getSocketFactory());
        request.setConnectTimeout(5_000);
        request.setReadTimeout(20_000);
        return request.send();
    }
}
