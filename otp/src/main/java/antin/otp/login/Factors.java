package antin.otp.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * What a session has proven and when. The principal is the person's number, plain text, so that it survives in sessions and
 * authorizations; everything else about the person is asked of the directory when it is needed.
 */
public final class Factors {

    public static final String PASSWORD = FactorGrantedAuthority.PASSWORD_AUTHORITY;
    public static final String CODE = "FACTOR_TOTP";
    /** The password may stay: neither temporary nor older than its owner's role allows. */
    public static final String FIT = "FACTOR_FIT_PASSWORD";
    /** However busy, a session ends after a working day. */
    static final Duration LONGEST_SESSION = Duration.ofHours(8);
    private static final Duration TIME_FOR_THE_CODE = Duration.ofMinutes(5);

    private final Clock clock;

    public Factors(Clock clock) {
        this.clock = clock;
    }

    Authentication password(String person) {
        return UsernamePasswordAuthenticationToken.authenticated(person, null, List.of(factor(PASSWORD)));
    }

    Authentication withCode(Authentication present) {
        GrantedAuthority password = find(present, PASSWORD).orElseThrow(() -> new IllegalStateException("The password comes first."));
        return UsernamePasswordAuthenticationToken.authenticated(present.getName(), null, List.of(password, factor(CODE)));
    }

    Authentication withFitPassword(Authentication present) {
        List<GrantedAuthority> proven = new ArrayList<>(all(present.getAuthorities()).stream().filter(factor -> !FIT.equals(factor.getAuthority())).toList());
        FactorGrantedAuthority latest = all(present.getAuthorities()).stream().max(Comparator.comparing(FactorGrantedAuthority::getIssuedAt)).orElseThrow();
        proven.add(FactorGrantedAuthority.withAuthority(FIT).issuedAt(latest.getIssuedAt()).build()); // nothing more was proven of who it is
        return UsernamePasswordAuthenticationToken.authenticated(present.getName(), null, proven);
    }

    /** The password was right a few minutes ago. */
    <T> AuthorizationManager<T> passwordOnly() {
        AllRequiredFactorsAuthorizationManager<T> rule = AllRequiredFactorsAuthorizationManager.<T>builder()
            .requireFactor(factor -> factor.authority(PASSWORD).validDuration(TIME_FOR_THE_CODE)).build();
        rule.setClock(clock);
        return rule;
    }

    /** Password and code, within this working day, and a password that may stay. */
    <T> AuthorizationManager<T> both() {
        AllRequiredFactorsAuthorizationManager<T> rule = AllRequiredFactorsAuthorizationManager.<T>builder()
            .requireFactor(factor -> factor.authority(PASSWORD).validDuration(LONGEST_SESSION))
            .requireFactor(factor -> factor.authority(CODE).validDuration(LONGEST_SESSION))
            .requireFactor(factor -> factor.authority(FIT)).build();
        rule.setClock(clock);
        return rule;
    }

    /** Password and code, within this working day: enough to choose another password and for nothing else. */
    <T> AuthorizationManager<T> anyPassword() {
        AllRequiredFactorsAuthorizationManager<T> rule = AllRequiredFactorsAuthorizationManager.<T>builder()
            .requireFactor(factor -> factor.authority(PASSWORD).validDuration(LONGEST_SESSION))
            .requireFactor(factor -> factor.authority(CODE).validDuration(LONGEST_SESSION)).build();
        rule.setClock(clock);
        return rule;
    }

    /** Whether both were proven within this working day, and the password may stay. */
    public boolean isComplete(@Nullable Authentication authentication) {
        AuthorizationResult result = authentication == null ? null : both().authorize(() -> authentication, this);
        return result != null && result.isGranted();
    }

    /** Whether only another password is missing. */
    boolean lacksFitPassword(@Nullable Authentication authentication) {
        AuthorizationResult result = authentication == null || isComplete(authentication) ? null : anyPassword().authorize(() -> authentication, this);
        return result != null && result.isGranted();
    }

    /** When the last factor was proven: OpenID Connect's {@code auth_time}. */
    public static Optional<Instant> time(Authentication authentication) {
        return all(authentication.getAuthorities()).stream().map(FactorGrantedAuthority::getIssuedAt).max(Comparator.naturalOrder());
    }

    /** RFC 8176: {@code pwd}, {@code otp}, and {@code mfa} for both. */
    public static List<String> methods(Authentication authentication) {
        boolean password = find(authentication, PASSWORD).isPresent();
        boolean code = find(authentication, CODE).isPresent();
        return password && code ? List.of("pwd", "otp", "mfa") : password ? List.of("pwd") : List.of();
    }

    private static Optional<FactorGrantedAuthority> find(Authentication authentication, String factor) {
        return all(authentication.getAuthorities()).stream().filter(authority -> factor.equals(authority.getAuthority())).findFirst();
    }

    private static List<FactorGrantedAuthority> all(Collection<? extends GrantedAuthority> authorities) {
        return authorities.stream().filter(FactorGrantedAuthority.class::isInstance).map(FactorGrantedAuthority.class::cast).toList();
    }

    private FactorGrantedAuthority factor(String authority) {
        return FactorGrantedAuthority.withAuthority(authority).issuedAt(clock.instant()).build();
    }
}
