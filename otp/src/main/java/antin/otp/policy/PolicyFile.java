package antin.otp.policy;

import antin.directory.Role;
import antin.directory.password.PasswordPolicy;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import antin.kernel.net.Network;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the policy's file, strictly: what it says must leave everybody a way in. */
final class PolicyFile {

    private final Settings settings;

    PolicyFile(Settings settings) {
        this.settings = settings;
    }

    LoginPolicy policy() {
        Map<String, List<Network>> networks = new LinkedHashMap<>();
        settings.list("networks").forEach(name -> networks.put(named("networks", name),
            notEmpty("network." + name, settings.list("network." + name).stream().map(text -> network("network." + name, text)).toList())));
        LoginPolicy.SecondFactors second = second(networks.keySet());
        LoginPolicy policy = new LoginPolicy(second, ages(), limits(), networks, alone(networks, "passkey-alone"), alone(networks, "certificate-alone"),
            new LoginPolicy.AppPasswordRules(roles("app-passwords.off"), known(networks, "app-passwords.networks"), longestAppPassword()));
        settings.refuseUnknownKeys();
        leavesAWayIn(second);
        return policy;
    }

    private LoginPolicy.SecondFactors second(Set<String> networks) {
        Map<Role, Set<Factor>> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            factors("second." + role.word()).ifPresent(factors -> roles.put(role, factors));
        }
        Map<String, Set<Factor>> units = new LinkedHashMap<>();
        settings.list("units").forEach(unit -> units.put(named("units", unit), factors("second.unit." + unit).orElseThrow(() -> refusal("second.unit." + unit, "is missing."))));
        Map<String, Set<Factor>> inside = new LinkedHashMap<>();
        networks.forEach(name -> factors("second.network." + name).ifPresent(factors -> inside.put(name, factors)));
        Set<Factor> everybody = factors("second").orElse(LoginPolicy.SHIPPED);
        return new LoginPolicy.SecondFactors(everybody, roles, units, inside, factors("second.outside").orElse(everybody));
    }

    /** A combination that admits nothing locks its people out, which is surely not meant. */
    private void leavesAWayIn(LoginPolicy.SecondFactors second) {
        List<Set<Factor>> places = Stream.concat(second.networks().values().stream(), Stream.of(second.outside())).toList();
        Stream.<Collection<Set<Factor>>>of(second.roles().values(), second.units().values(), List.of(second.everybody())).flatMap(Collection::stream).forEach(factors -> places.forEach(place -> {
            Set<Factor> left = EnumSet.copyOf(second.everybody());
            left.retainAll(factors);
            left.retainAll(place);
            if (left.isEmpty()) {
                throw refusal("second", "and the keys below it leave no second factor to those of " + words(factors) + " where only " + words(place) + " count.");
            }
        }));
    }

    private Map<Act, Duration> ages() {
        Map<Act, Duration> ages = new EnumMap<>(Act.class);
        for (Act act : Act.values()) {
            String word = act.name().toLowerCase(Locale.ROOT).replace('_', '-');
            ages.put(act, act == Act.LOGIN ? longest() : within("age." + word, LoginPolicy.SHIPPED_AGES.getOrDefault(act, longest()), Duration.ofMinutes(1), Duration.ofHours(24)));
        }
        return ages;
    }

    private Duration longest() {
        return within("session.longest", LoginPolicy.SHIPPED_LIMITS.longest(), Duration.ofMinutes(10), Duration.ofHours(24));
    }

    private LoginPolicy.Limits limits() {
        Duration idle = within("session.idle", LoginPolicy.SHIPPED_LIMITS.idle(), Duration.ofMinutes(1), longest());
        return new LoginPolicy.Limits(idle, within("session.idle-administrator", LoginPolicy.SHIPPED_LIMITS.idleAdministrator(), Duration.ofMinutes(1), longest()), longest(),
            within("session.longest-administrator", longest(), Duration.ofMinutes(10), longest()));
    }

    private Duration longestAppPassword() {
        Duration longest = within("app-passwords.longest", LoginPolicy.SHIPPED_APP_PASSWORDS.longest(), Duration.ofDays(1), Duration.ofDays(365));
        if (!longest.equals(Duration.ofDays(longest.toDays()))) {
            throw refusal("app-passwords.longest", "must be of whole days, such as P90D, and is " + longest + ".");
        }
        return longest;
    }

    private Duration within(String key, Duration fallback, Duration least, Duration most) {
        Duration value = settings.duration(key, fallback);
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw refusal(key, "must be from " + least + " to " + most + ", and is " + value + ".");
        }
        return value;
    }

    private Optional<Set<Factor>> factors(String key) {
        if (settings.optionalText(key).isEmpty()) {
            return Optional.empty();
        }
        Set<Factor> factors = EnumSet.noneOf(Factor.class);
        settings.list(key).forEach(word -> factors.add(Factor.of(word).filter(factor -> !factor.isFirst())
            .orElseThrow(() -> refusal(key, "must hold some of " + words(EnumSet.complementOf(EnumSet.of(Factor.PASSWORD, Factor.OUTSIDE))) + ", and holds \"" + word + "\"."))));
        if (factors.isEmpty()) {
            throw refusal(key, "names no factor.");
        }
        return Optional.of(factors);
    }

    private Set<Role> roles(String key) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        settings.list(key).forEach(word -> roles.add(Role.of(word).orElseThrow(() -> refusal(key, "must hold some of "
            + Stream.of(Role.values()).map(Role::word).collect(Collectors.joining(", ")) + ", and holds \"" + word + "\"."))));
        return roles;
    }

    private LoginPolicy.RolesAndNetworks alone(Map<String, List<Network>> networks, String key) {
        Set<Role> roles = roles(key);
        if (PasswordPolicy.isStrictFor(roles)) {
            throw refusal(key, "must not name administrators or auditors, who always log in with two steps.");
        }
        return new LoginPolicy.RolesAndNetworks(roles, known(networks, key + ".networks"));
    }

    private List<String> known(Map<String, List<Network>> networks, String key) {
        List<String> names = settings.list(key);
        names.stream().filter(name -> !networks.containsKey(name)).findFirst().ifPresent(name -> {
            throw refusal(key, "names \"" + name + "\", which the key networks does not.");
        });
        return names;
    }

    private static Network network(String key, String text) {
        try {
            return Network.parse(text);
        } catch (IllegalArgumentException e) {
            throw refusal(key, "must name networks such as 10.0.0.0/8 or 2001:db8::/32, without bits behind the prefix, and holds \"" + text + "\".");
        }
    }

    private static String named(String key, String name) {
        if (!name.matches("[a-z0-9-]{1,40}")) {
            throw refusal(key, "must hold short names of a-z, 0-9 and -, and holds \"" + name + "\".");
        }
        return name;
    }

    private static <T> List<T> notEmpty(String key, List<T> values) {
        if (values.isEmpty()) {
            throw refusal(key, "is missing. Name its addresses, such as 10.0.0.0/8.");
        }
        return values;
    }

    private static String words(Set<Factor> factors) {
        return factors.stream().sorted().map(Factor::word).collect(Collectors.joining(", "));
    }

    private static Problem refusal(String key, String what) {
        return new Problem(Kind.MISCONFIGURED, "The key " + key + " in conf/login.properties " + what);
    }
}
