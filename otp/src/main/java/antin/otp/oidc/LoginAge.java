package antin.otp.oidc;

import antin.otp.login.Factors;
import antin.otp.policy.Act;
import antin.otp.policy.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * Whether a login is good enough for what a client asks: {@code max_age}, {@code prompt=login} and {@code acr_values} (OpenID Connect Core, 3.1.2.1), and the city's policy for
 * tokens that sign. Otherwise the person shows a factor again.
 */
final class LoginAge {

    /** What is missing; where a level is named, only a factor of it will do. */
    record Missing(Optional<Level> level) {
    }

    private static final Set<String> SIGNING = Set.of("sign", "service", CredentialRequest.SCOPE);
    /** Who comes back from showing a factor has to arrive: no login is asked to be younger. */
    private static final Duration JUST_NOW = Duration.ofSeconds(30);

    private final Factors factors;
    private final Clock clock;

    LoginAge(Factors factors, Clock clock) {
        this.factors = factors;
        this.clock = clock;
    }

    /** Throws NumberFormatException where {@code max_age} is no number of seconds. */
    Optional<Missing> missing(Authentication login, Set<String> scopes, Map<String, Object> parameters) {
        List<Level> levels = words(parameters, "acr_values").stream().flatMap(word -> Level.of(word).stream()).sorted().toList();
        if (!levels.isEmpty() && levels.getFirst().compareTo(Factors.level(login)) > 0) {
            return Optional.of(new Missing(Optional.of(levels.getFirst())));
        }
        // who signs with a key that lies here shows a factor each time
        boolean old = (words(parameters, "prompt").contains("login") || scopes.contains(CredentialRequest.SCOPE)) && isOlder(login, JUST_NOW)
            || parameters.get("max_age") instanceof String age && isOlder(login, atLeast(Duration.ofSeconds(seconds(age))))
            || scopes.stream().anyMatch(SIGNING::contains) && !factors.isFresh(login, Act.SIGNING);
        return old ? Optional.of(new Missing(Optional.empty())) : Optional.empty();
    }

    static List<String> words(Map<String, Object> parameters, String name) {
        return parameters.get(name) instanceof String text ? Arrays.asList(text.strip().split(" +")) : List.of();
    }

    private boolean isOlder(Authentication login, Duration age) {
        Instant proven = Factors.time(login).orElse(Instant.EPOCH);
        return proven.plus(age).isBefore(clock.instant());
    }

    private static long seconds(String age) {
        if (!age.matches("[0-9]{1,9}")) {
            throw new NumberFormatException(age);
        }
        return Long.parseLong(age);
    }

    private static Duration atLeast(Duration age) {
        return age.compareTo(JUST_NOW) < 0 ? JUST_NOW : age;
    }
}
