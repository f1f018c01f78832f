package antin.otp.login;

import antin.otp.policy.Act;
import antin.otp.policy.Factor;
import antin.otp.policy.Level;
import antin.otp.policy.LoginPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.FactorAuthorizationDecision;
import org.springframework.security.authorization.RequiredFactor;
import org.springframework.security.authorization.RequiredFactorError;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * What a session has proven and when. The principal is the person's number, plain text, so that it survives in sessions and
 * authorizations; everything else about the person is asked of the directory when it is needed. Which factors count for whom is the
 * policy's word, asked when a factor is proven and again at each request ({@link StillAllowed}).
 */
public final class Factors {

    /** The password may stay: neither temporary nor older than its owner's role allows. */
    static final String FIT = "FACTOR_FIT_PASSWORD";
    /** A passkey was the only step, and when. */
    static final String ALONE = "FACTOR_ALONE";
    /** Only an enrolment ticket stands where the second factor should: opens the page for enrolling and nothing else. */
    static final String TICKET = "FACTOR_TICKET";
    /** Missing where a second factor was proven too long ago for an act; never in a session. */
    static final String FRESH = "FACTOR_FRESH";
    private static final Duration TIME_FOR_THE_SECOND = Duration.ofMinutes(5);

    private final LoginPolicy policy;
    private final Clock clock;

    public Factors(LoginPolicy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    /** A session begins: a first factor, or a passkey that was enough. Ask the policy before. */
    public Authentication first(Factor factor, String person) {
        if (!factor.isFirst() && factor != Factor.PASSKEY && factor != Factor.CERTIFICATE) {
            throw new IllegalArgumentException("A " + factor.word() + " opens no session.");
        }
        return session(person, factor.isFirst() ? List.of(proven(factor.authority())) : List.of(proven(ALONE), proven(factor.authority())));
    }

    /** One more factor, or the same one again. Ask the policy before. */
    public Authentication with(Factor factor, Authentication present) {
        if (begun(present).isEmpty()) {
            throw new IllegalStateException("The first factor comes first.");
        }
        return replaced(present, Set.of(factor.authority(), TICKET), proven(factor.authority()));
    }

    Authentication withFitPassword(Authentication present) {
        return replaced(present, Set.of(FIT), FactorGrantedAuthority.withAuthority(FIT).issuedAt(time(present).orElseThrow()).build()); // nothing more was proven of who it is
    }

    Authentication withTicket(Authentication present) {
        return replaced(present, Set.of(TICKET), FactorGrantedAuthority.withAuthority(TICKET).issuedAt(time(present).orElseThrow()).build());
    }

    /** The first factor was right a few minutes ago. */
    <T> AuthorizationManager<T> firstOnly() {
        return rule(present -> isYoung(find(present, Factor::isFirst), TIME_FOR_THE_SECOND) ? List.of() : missing(Factor.PASSWORD.authority()));
    }

    boolean awaitsSecond(Authentication authentication) {
        return isGranted(firstOnly(), authentication);
    }

    /** First factor and ticket: enough for enrolling and for nothing else. */
    <T> AuthorizationManager<T> ticket() {
        return rule(present -> !isYoung(begun(present), policy.oldest(Act.LOGIN)) ? missing(Factor.PASSWORD.authority())
            : all(present).anyMatch(proof -> TICKET.equals(proof.getAuthority())) ? List.of() : missing(Factor.CODE.authority()));
    }

    /** Logged in by the policy's factors, not too long ago, and with a password that may stay. */
    public <T> AuthorizationManager<T> complete() {
        return rule(this::missingForComplete);
    }

    /** The same, and a second factor was proven lately enough for {@code act}. */
    public <T> AuthorizationManager<T> fresh(Act act) {
        return rule(present -> {
            List<RequiredFactorError> missing = missingForComplete(present);
            return !missing.isEmpty() || isFreshProof(present, act) ? missing : missing(FRESH);
        });
    }

    /** Logged in, whatever the password's age: enough to choose another one and for nothing else. */
    <T> AuthorizationManager<T> anyPassword() {
        return rule(this::missingForAnyPassword);
    }

    public boolean isComplete(@Nullable Authentication authentication) {
        return isGranted(complete(), authentication);
    }

    /** Whether only another password is missing. */
    boolean lacksFitPassword(@Nullable Authentication authentication) {
        return !isComplete(authentication) && isGranted(anyPassword(), authentication);
    }

    /** Whether this session may do {@code act} without asking for a factor again. */
    public boolean isFresh(Authentication authentication, Act act) {
        return isComplete(authentication) && isFreshProof(authentication, act);
    }

    /** When the last factor was proven: OpenID Connect's {@code auth_time}. */
    public static Optional<Instant> time(Authentication authentication) {
        return all(authentication).map(FactorGrantedAuthority::getIssuedAt).max(Comparator.naturalOrder());
    }

    /** When the session's first step was taken. */
    static Optional<Instant> begun(Authentication authentication) {
        return all(authentication).filter(proof -> ALONE.equals(proof.getAuthority()) || Factor.ofAuthority(proof.getAuthority()).filter(Factor::isFirst).isPresent())
            .map(FactorGrantedAuthority::getIssuedAt).max(Comparator.naturalOrder());
    }

    /** RFC 8176: {@code pwd}, {@code otp}, {@code hwk}, and {@code mfa} where there are two, or one that checked its user by itself. */
    public static List<String> methods(Authentication authentication) {
        List<String> methods = all(authentication).flatMap(proof -> Factor.ofAuthority(proof.getAuthority()).stream()).sorted().map(Factor::method).distinct()
            .collect(Collectors.toCollection(ArrayList::new));
        boolean both = begun(authentication).isPresent() && find(authentication, factor -> !factor.isFirst()).isPresent();
        if (both) {
            methods.add("mfa");
        }
        return List.copyOf(methods);
    }

    public static Level level(Authentication authentication) {
        return find(authentication, Factor::resistsPhishing).isPresent() ? Level.PHISHING_RESISTANT : Level.TWO_FACTORS;
    }

    /** What was proven. */
    static Set<Factor> proven(Authentication authentication) {
        return all(authentication).flatMap(proof -> Factor.ofAuthority(proof.getAuthority()).stream()).collect(Collectors.toCollection(() -> EnumSet.noneOf(Factor.class)));
    }

    static boolean isAlone(Authentication authentication) {
        return all(authentication).anyMatch(proof -> ALONE.equals(proof.getAuthority()));
    }

    private List<RequiredFactorError> missingForAnyPassword(Authentication present) {
        return !isYoung(begun(present), policy.oldest(Act.LOGIN)) ? missing(Factor.PASSWORD.authority())
            : find(present, factor -> !factor.isFirst()).isEmpty() ? missing(Factor.CODE.authority()) : List.of();
    }

    private List<RequiredFactorError> missingForComplete(Authentication present) {
        List<RequiredFactorError> missing = missingForAnyPassword(present);
        boolean password = all(present).anyMatch(proof -> Factor.PASSWORD.authority().equals(proof.getAuthority()));
        return missing.isEmpty() && password && all(present).noneMatch(proof -> FIT.equals(proof.getAuthority())) ? missing(FIT) : missing;
    }

    private boolean isFreshProof(Authentication present, Act act) {
        return isYoung(find(present, factor -> !factor.isFirst()), policy.oldest(act));
    }

    private boolean isYoung(Optional<Instant> proven, Duration oldest) {
        return proven.filter(time -> clock.instant().isBefore(time.plus(oldest))).isPresent();
    }

    private static Optional<Instant> find(Authentication present, Predicate<Factor> wanted) {
        return all(present).filter(proof -> Factor.ofAuthority(proof.getAuthority()).filter(wanted).isPresent()).map(FactorGrantedAuthority::getIssuedAt).max(Comparator.naturalOrder());
    }

    private static Stream<FactorGrantedAuthority> all(Authentication authentication) {
        return authentication.getAuthorities().stream().filter(FactorGrantedAuthority.class::isInstance).map(FactorGrantedAuthority.class::cast);
    }

    private static Authentication replaced(Authentication present, Collection<String> former, GrantedAuthority proof) {
        List<GrantedAuthority> kept = new ArrayList<>(all(present).filter(proven -> !former.contains(proven.getAuthority())).toList());
        kept.add(proof);
        return session(present.getName(), kept);
    }

    private static Authentication session(String person, List<GrantedAuthority> proofs) {
        return UsernamePasswordAuthenticationToken.authenticated(person, null, proofs);
    }

    private GrantedAuthority proven(String authority) {
        return FactorGrantedAuthority.withAuthority(authority).issuedAt(clock.instant()).build();
    }

    private interface Missing {
        List<RequiredFactorError> of(Authentication present);
    }

    private static <T> AuthorizationManager<T> rule(Missing missing) {
        return (authentication, object) -> {
            Authentication present = authentication.get();
            return new FactorAuthorizationDecision(present == null || !present.isAuthenticated() ? missing(Factor.PASSWORD.authority()) : missing.of(present));
        };
    }

    static List<RequiredFactorError> missing(String authority) {
        return List.of(RequiredFactorError.createMissing(RequiredFactor.withAuthority(authority).build()));
    }

    private static boolean isGranted(AuthorizationManager<Object> rule, @Nullable Authentication authentication) {
        AuthorizationResult result = authentication == null ? null : rule.authorize(() -> authentication, "");
        return result != null && result.isGranted();
    }
}
