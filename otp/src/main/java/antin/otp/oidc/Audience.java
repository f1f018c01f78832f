package antin.otp.oidc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which service a token is for, by its scopes. A token has one audience, so that no service can use it at another (RFC 9068, 3). */
final class Audience {

    private static final Set<String> OPENID = Set.of("openid", "profile", "email", "offline_access");
    private static final Set<String> SIGNING = Set.of("sign", "validate", "timestamp", "service", "credential");

    private final OidcSettings settings;

    Audience(OidcSettings settings) {
        this.settings = settings;
    }

    /** Empty where no token can be given: no scope at all, or scopes of two services. */
    Optional<String> of(Set<String> scopes) {
        List<String> services = scopes.stream().filter(scope -> !OPENID.contains(scope)).map(this::service)
            .collect(Collectors.toSet()).stream().toList();
        return scopes.isEmpty() || services.size() > 1 ? Optional.empty() : Optional.of(services.isEmpty() ? settings.issuer() : services.getFirst());
    }

    private String service(String scope) {
        if (scope.startsWith("mail.")) {
            return settings.mailAudience();
        }
        return SIGNING.contains(scope) || scope.startsWith("seal:") ? settings.signingAudience() : settings.issuer();
    }
}
