package antin.otp.outside;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.jwt.JWT;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The other provider, asked by the book: code with PKCE, state, nonce, and an ID token whose signature, issuer and audience are checked (OpenID Connect Core, 3.1.3.7). Safe for many threads. */
final class OutsideProvider {

    private static final int MILLISECONDS = 5_000;
    private static final Duration FRESH = Duration.ofMinutes(15);
    /** Never HMAC and never none: what anybody could sign who knows our secret, or nobody. */
    private static final List<JWSAlgorithm> ALGORITHMS = List.of(JWSAlgorithm.ES256, JWSAlgorithm.PS256, JWSAlgorithm.RS256);

    private record Known(OIDCProviderMetadata metadata, JWKSet keys, Instant at) {
    }

    private final OutsideSettings settings;
    private final URI back;
    private final SSLSocketFactory tls;
    private final Clock clock;
    private volatile @Nullable Known known;

    /** @param back where it sends people back to */
    OutsideProvider(OutsideSettings settings, URI back, SSLSocketFactory tls, Clock clock) {
        this.settings = settings;
        this.back = back;
        this.tls = tls;
        this.clock = clock;
    }

    /** Where to send a person. */
    URI address(String state, String nonce, String verifier) {
        return new AuthenticationRequest.Builder(ResponseType.CODE, new Scope("openid", "email", "profile"), new ClientID(settings.clientId()), back)
            .endpointURI(known().metadata().getAuthorizationEndpointURI()).state(new State(state)).nonce(new Nonce(nonce))
            .codeChallenge(new CodeVerifier(verifier), CodeChallengeMethod.S256).build().toURI();
    }

    /** RFC 9207, 2.4: whether the answer may be its. */
    boolean mayBe(Optional<String> untrustedIssuer) {
        return untrustedIssuer.map(settings.issuer()::equals).orElseGet(() -> !known().metadata().supportsAuthorizationResponseIssuerParam());
    }

    /** Whom it names; empty where the code or what came for it is not good. Throws Problem where it is away. */
    Optional<String> who(String untrustedCode, String nonce, String verifier) {
        Known provider = known();
        try {
            TokenResponse answer = OIDCTokenResponseParser.parse(send(new TokenRequest(provider.metadata().getTokenEndpointURI(),
                new ClientSecretBasic(new ClientID(settings.clientId()), new Secret(settings.clientSecret())),
                new AuthorizationCodeGrant(new AuthorizationCode(untrustedCode), back, new CodeVerifier(verifier))).toHTTPRequest()));
            if (!(answer instanceof OIDCTokenResponse tokens)) {
                return Optional.empty();
            }
            JWT untrustedToken = tokens.getOIDCTokens().getIDToken();
            if (!(untrustedToken.getHeader().getAlgorithm() instanceof JWSAlgorithm algorithm) || !ALGORITHMS.contains(algorithm)) {
                return Optional.empty();
            }
            IDTokenClaimsSet claims = new IDTokenValidator(new Issuer(settings.issuer()), new ClientID(settings.clientId()), algorithm, provider.keys()).validate(untrustedToken, new Nonce(nonce));
            boolean unverified = settings.claim().equals("email") && Boolean.FALSE.equals(claims.getBooleanClaim("email_verified"));
            return unverified ? Optional.empty() : Optional.ofNullable(claims.getStringClaim(settings.claim())).filter(name -> !name.isBlank() && name.length() <= 254);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            known = null; // perhaps its keys are new
            return Optional.empty();
        } catch (IOException e) {
            throw away(e);
        }
    }

    private Known known() {
        Known present = known;
        if (present != null && present.at().plus(FRESH).isAfter(clock.instant())) {
            return present;
        }
        try {
            OIDCProviderMetadata metadata = OIDCProviderMetadata.parse(send(new HTTPRequest(HTTPRequest.Method.GET,
                OIDCProviderMetadata.resolveURL(new Issuer(settings.issuer())).toURI())).getBody());
            if (!metadata.getIssuer().getValue().equals(settings.issuer())) {
                throw new Problem(Kind.PEER_UNAVAILABLE, "The other login answers with another name.");
            }
            Known read = new Known(metadata, JWKSet.parse(send(new HTTPRequest(HTTPRequest.Method.GET, metadata.getJWKSetURI())).getBody()), clock.instant());
            known = read;
            return read;
        } catch (IOException | GeneralException | java.text.ParseException | java.net.URISyntaxException e) {
            throw away(e);
        }
    }

    private HTTPResponse send(HTTPRequest request) throws IOException {
        request.setSSLSocketFactory(tls);
        request.setConnectTimeout(MILLISECONDS);
        request.setReadTimeout(MILLISECONDS);
        request.setFollowRedirects(false);
        return request.send();
    }

    private static Problem away(Exception cause) {
        return new Problem(Kind.PEER_UNAVAILABLE, "The other login does not answer.", cause);
    }
}
