package antin.otp.oidc;

import antin.otp.policy.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.authentication.JwtClientAssertionAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationConsentAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationContext;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2ClientCredentialsAuthenticationValidator;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceAuthorizationRequestAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2DeviceVerificationAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2PushedAuthorizationRequestAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.authentication.X509ClientCertificateAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.web.authentication.PublicClientAuthenticationConverter;
import org.springframework.security.oauth2.server.authorization.web.authentication.X509ClientCertificateAuthenticationConverter;

/**
 * How Spring's authorization server is set up: authorization code with PKCE, refresh tokens, client credentials and devices; pushed requests; no password grant, no token exchange, no
 * registration by clients, and no request for the scopes of two services.
 */
final class OpenIdProvider implements Customizer<OAuth2AuthorizationServerConfigurer> {

    private static final List<String> ADVERTISED = List.of("openid", "profile", "email", "offline_access", "mail.imap", "mail.pop", "mail.smtp", "mail.sieve", "mail.jmap",
        "sign", "validate", "timestamp", "service", CredentialRequest.SCOPE, "directory.read", "directory.write");
    private static final OAuth2Error INVALID_SCOPE =
        new OAuth2Error(OAuth2ErrorCodes.INVALID_SCOPE, "Name scopes of exactly one service.", null);

    private final OidcSettings settings;
    private final Audience audience;
    private final CodeRequests requests;
    private final Codes codes;
    private final UseOnce.Books books;
    private final DeviceChecks devices;
    private final ClientProofs proofs;
    private final Logouts logouts;

    /** Makes the check of what somebody types for a device around Spring Security's. */
    interface DeviceChecks {
        AuthenticationProvider around(AuthenticationProvider spring);
    }

    OpenIdProvider(OidcSettings settings, Audience audience, CodeRequests requests, Codes codes, UseOnce.Books books, DeviceChecks devices, ClientProofs proofs, Logouts logouts) {
        this.settings = settings;
        this.audience = audience;
        this.requests = requests;
        this.codes = codes;
        this.books = books;
        this.devices = devices;
        this.proofs = proofs;
        this.logouts = logouts;
    }

    @Override
    public void customize(OAuth2AuthorizationServerConfigurer server) {
        CodeAnswers answers = new CodeAnswers(settings.issuer());
        PublicClients publicClients = new PublicClients(books.clients());
        server.clientAuthentication(clients -> clients
                .authenticationConverters(converters -> {
                    converters.removeIf(X509ClientCertificateAuthenticationConverter.class::isInstance);
                    converters.removeIf(PublicClientAuthenticationConverter.class::isInstance);
                    converters.addFirst(new NamedByAssertion());
                    converters.addAll(List.of(proofs.certificates(), new PublicClientAuthenticationConverter(), publicClients));
                })
                .authenticationProviders(providers -> {
                    providers.forEach(this::checkProofs);
                    providers.addFirst(publicClients);
                }))
            .authorizationEndpoint(endpoint -> endpoint.consentPage(CredentialPages.CONFIRM).authenticationProviders(this::checkCodeRequests).authorizationResponseHandler(answers).errorResponseHandler(answers))
            .pushedAuthorizationRequestEndpoint(endpoint -> endpoint.authenticationProviders(this::checkCodeRequests))
            .tokenEndpoint(endpoint -> endpoint.authenticationProviders(this::checkTokenRequests))
            .deviceAuthorizationEndpoint(endpoint -> endpoint.verificationUri(DevicePages.TYPE).authenticationProviders(this::checkDevices))
            .deviceVerificationEndpoint(endpoint -> endpoint.consentPage(DevicePages.CONFIRM).authenticationProviders(this::checkDevices)
                .deviceVerificationResponseHandler((request, response, answer) -> DevicePages.admitted(request, response, answer, books.outcomes()))
                .errorResponseHandler((request, response, refusal) -> DevicePages.refused(request, response, (OAuth2AuthenticationException) refusal)))
            .tokenRevocationEndpoint(endpoint -> endpoint.authenticationProviders(providers ->
                providers.replaceAll(provider -> new Revocation(provider, books.authorizations(), books.families()))))
            .tokenIntrospectionEndpoint(endpoint -> endpoint.authenticationProviders(this::requirePeople))
            .authorizationServerMetadataEndpoint(endpoint -> endpoint.authorizationServerMetadataCustomizer(document -> document.claims(this::describe)))
            .oidc(oidc -> oidc
                .userInfoEndpoint(endpoint -> endpoint.authenticationProviders(this::requirePeople))
                .logoutEndpoint(endpoint -> endpoint.logoutResponseHandler(logouts)
                    .logoutRequestConverters(converters -> converters.replaceAll(SessionUnnamed::new)))
                .providerConfigurationEndpoint(endpoint -> endpoint.providerConfigurationCustomizer(document -> document.claims(claims -> {
                    describe(claims);
                    claims.put("id_token_signing_alg_values_supported", List.of("ES256"));
                }))));
    }

    /** Says what a client can get here, which is less than what the library could do. */
    private void describe(Map<String, Object> claims) {
        List<String> methods = new ArrayList<>(List.of("client_secret_basic", "client_secret_post", "private_key_jwt"));
        methods.addAll(proofs.certificateMethods());
        claims.put("scopes_supported", ADVERTISED);
        claims.put("response_modes_supported", List.of("query"));
        claims.put("acr_values_supported", List.of(Level.TWO_FACTORS.acr(), Level.PHISHING_RESISTANT.acr()));
        claims.put("claims_supported", List.of("sub", "iss", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid", "email", "email_verified", "name", "locale"));
        claims.put("grant_types_supported", List.of("authorization_code", "refresh_token", "client_credentials", "urn:ietf:params:oauth:grant-type:device_code"));
        claims.put("introspection_endpoint_auth_methods_supported", methods);
        claims.put("token_endpoint_auth_methods_supported", withNone(methods));
        claims.put("revocation_endpoint_auth_methods_supported", withNone(methods));
        for (String endpoint : List.of("token", "introspection", "revocation")) {
            claims.put(endpoint + "_endpoint_auth_signing_alg_values_supported", ClientProofs.ALGORITHMS);
        }
        claims.put("authorization_response_iss_parameter_supported", true); // RFC 9207, 3
        claims.put("request_parameter_supported", false);
        claims.put("request_uri_parameter_supported", false);
        claims.put("backchannel_logout_supported", true);
        claims.put("backchannel_logout_session_supported", true);
        claims.remove("dpop_signing_alg_values_supported");
        proofs.aliases(claims);
    }

    private static List<String> withNone(List<String> methods) {
        List<String> all = new ArrayList<>(methods);
        all.add("none");
        return all;
    }

    private void checkProofs(AuthenticationProvider provider) {
        switch (provider) {
            case JwtClientAssertionAuthenticationProvider keys -> keys.setJwtDecoderFactory(proofs);
            case X509ClientCertificateAuthenticationProvider certificates -> certificates.setCertificateVerifier(proofs::verifyCertificate);
            default -> { }
        }
    }

    private void requirePeople(List<AuthenticationProvider> providers) {
        providers.replaceAll(provider -> new StillThere(provider, books.authorizations(), books.people()));
    }

    private void checkCodeRequests(List<AuthenticationProvider> providers) {
        for (AuthenticationProvider provider : providers) {
            switch (provider) {
                case OAuth2AuthorizationCodeRequestAuthenticationProvider code -> {
                    code.setAuthenticationValidator(new Redirects().andThen(requests::check));
                    code.setAuthorizationCodeGenerator(codes::authorization);
                    // administrators decide for clients; a person's signature nobody else can
                    code.setAuthorizationConsentRequired(context -> requested(context.getAuthorizationRequest()).contains(CredentialRequest.SCOPE));
                }
                case OAuth2AuthorizationConsentAuthenticationProvider yes -> {
                    yes.setAuthorizationCodeGenerator(codes::authorization);
                    yes.setAuthorizationConsentCustomizer(this::tell);
                }
                case OAuth2PushedAuthorizationRequestAuthenticationProvider pushed -> pushed.setAuthenticationValidator(
                    new Redirects().andThen(requests::checkPushed));
                default -> { }
            }
        }
    }

    private static Set<String> requested(@Nullable OAuth2AuthorizationRequest request) {
        return request == null ? Set.of() : request.getScopes();
    }

    /** Yes or no to what a client wants signed. */
    private void tell(OAuth2AuthorizationConsentAuthenticationContext context) {
        Authentication answer = context.getAuthentication();
        CredentialRequest wanted = CredentialRequest.of(context.getAuthorizationRequest().getAdditionalParameters());
        boolean isYes = ((OAuth2AuthorizationConsentAuthenticationToken) answer).getScopes().contains(CredentialRequest.SCOPE);
        books.outcomes().tell("credential.allow", isYes ? "accepted" : "refused", context.getAuthorization().getPrincipalName(), UseOnce.from(answer),
            Map.of("client", context.getRegisteredClient().getClientId(), "credential", wanted.credential(), "signatures", Integer.toString(wanted.signatures()),
                "hashes", String.join(" ", wanted.shown())));
    }

    private void checkTokenRequests(List<AuthenticationProvider> providers) {
        providers.removeIf(OAuth2TokenExchangeAuthenticationProvider.class::isInstance);
        providers.replaceAll(provider -> {
            if (provider instanceof OAuth2ClientCredentialsAuthenticationProvider credentials) {
                credentials.setAuthenticationValidator(new OAuth2ClientCredentialsAuthenticationValidator().andThen(this::checkCredentialsRequest));
                return credentials;
            }
            return new UseOnce(provider, books);
        });
    }

    private void checkDevices(List<AuthenticationProvider> providers) {
        providers.replaceAll(provider -> switch (provider) {
            case OAuth2DeviceAuthorizationRequestAuthenticationProvider asking -> {
                asking.setDeviceCodeGenerator(codes::device);
                asking.setUserCodeGenerator(codes::user);
                yield new Checked(asking, request -> {
                    Set<String> scopes = ((OAuth2DeviceAuthorizationRequestAuthenticationToken) request).getScopes();
                    requireOneService(scopes);
                    if (scopes.contains(CredentialRequest.SCOPE)) {
                        throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_SCOPE); // nobody would see what is signed
                    }
                });
            }
            case OAuth2DeviceVerificationAuthenticationProvider typing -> {
                typing.setAuthorizationConsentRequired(context -> true);
                yield devices.around(typing);
            }
            default -> provider;
        });
    }

    private void checkCredentialsRequest(OAuth2ClientCredentialsAuthenticationContext context) {
        requireOneService(((OAuth2ClientCredentialsAuthenticationToken) context.getAuthentication()).getScopes());
    }

    private void requireOneService(Set<String> scopes) {
        if (audience.of(scopes).isEmpty()) {
            throw new OAuth2AuthenticationException(INVALID_SCOPE);
        }
    }
}
