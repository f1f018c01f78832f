package antin.otp.policy;

import antin.directory.Person;
import antin.directory.Role;
import antin.directory.password.PasswordPolicy;
import antin.kernel.config.Settings;
import antin.kernel.net.Network;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The city's rules for logins, from {@code conf/login.properties}. An address is the client's, as text. */
public final class LoginPolicy {

    static final Set<Factor> SHIPPED = Set.of(Factor.CODE, Factor.BACKUP_CODE, Factor.PASSKEY, Factor.CERTIFICATE);
    static final Map<Act, Duration> SHIPPED_AGES = Map.of(Act.LOGIN, Duration.ofHours(8), Act.ENROLMENT, Duration.ofMinutes(10), Act.APP_PASSWORDS, Duration.ofMinutes(15),
        Act.SIGNING, Duration.ofHours(4), Act.ADMINISTRATION, Duration.ofHours(1));
    /** TCVN 14423:2026, level 3. */
    static final Limits SHIPPED_LIMITS = new Limits(Duration.ofMinutes(15), Duration.ofMinutes(5), Duration.ofHours(8), Duration.ofHours(8));

    /** Which second factors count; what stands for a role, a unit or a network takes away from those of everybody. */
    record SecondFactors(Set<Factor> everybody, Map<Role, Set<Factor>> roles, Map<String, Set<Factor>> units, Map<String, Set<Factor>> networks, Set<Factor> outside) {
    }

    /** How long a session lasts without use and in any case; less for administrators and auditors. */
    record Limits(Duration idle, Duration idleAdministrator, Duration longest, Duration longestAdministrator) {
    }

    /** @param networks names of where it holds; empty for everywhere */
    record RolesAndNetworks(Set<Role> roles, List<String> networks) {
    }

    /** @param off roles that have none; @param networks as above */
    record AppPasswordRules(Set<Role> off, List<String> networks, Duration longest) {
    }

    static final AppPasswordRules SHIPPED_APP_PASSWORDS = new AppPasswordRules(Set.of(), List.of(), Duration.ofDays(90));

    private final SecondFactors second;
    private final Map<Act, Duration> ages;
    private final Limits limits;
    private final Map<String, List<Network>> networks;
    private final RolesAndNetworks passkeyAlone;
    private final RolesAndNetworks certificateAlone;
    private final AppPasswordRules appPasswords;

    LoginPolicy(SecondFactors second, Map<Act, Duration> ages, Limits limits, Map<String, List<Network>> networks, RolesAndNetworks passkeyAlone, RolesAndNetworks certificateAlone,
        AppPasswordRules appPasswords) {
        this.second = second;
        this.ages = Map.copyOf(ages);
        this.limits = limits;
        this.networks = Map.copyOf(networks);
        this.passkeyAlone = passkeyAlone;
        this.certificateAlone = certificateAlone;
        this.appPasswords = appPasswords;
    }

    /** What holds where nothing is configured. */
    public static LoginPolicy standard() {
        return new LoginPolicy(new SecondFactors(SHIPPED, Map.of(), Map.of(), Map.of(), SHIPPED), SHIPPED_AGES, SHIPPED_LIMITS, Map.of(), new RolesAndNetworks(Set.of(), List.of()),
            new RolesAndNetworks(Set.of(), List.of()), SHIPPED_APP_PASSWORDS);
    }

    /** Reads {@code conf/login.properties}; where there is no file, what is shipped counts. */
    public static LoginPolicy read(Path file) {
        return Files.exists(file) ? new PolicyFile(Settings.read(file)).policy() : standard();
    }

    /** The second factors that count for this person at this address. Administrators and auditors always need one; so does everybody else. */
    public Set<Factor> second(Person person, String address) {
        Set<Factor> admitted = EnumSet.copyOf(second.everybody());
        person.roles().forEach(role -> admitted.retainAll(second.roles().getOrDefault(role, admitted)));
        admitted.retainAll(second.units().getOrDefault(person.unit().id(), admitted));
        second.networks().forEach((name, factors) -> {
            if (isIn(name, address)) {
                admitted.retainAll(factors);
            }
        });
        if (networks.keySet().stream().noneMatch(name -> isIn(name, address))) {
            admitted.retainAll(second.outside());
        }
        return admitted;
    }

    /** Whether a passkey whose user was verified is enough, without a password. Never for administrators and auditors. */
    public boolean passkeyAlone(Person person, String address) {
        return !PasswordPolicy.isStrictFor(person.roles()) && person.roles().stream().anyMatch(passkeyAlone.roles()::contains) && isInAny(passkeyAlone.networks(), address)
            && second(person, address).contains(Factor.PASSKEY);
    }

    /** Whether a certificate on a token, which asked for its PIN, is enough without a password. Never for administrators and auditors. */
    public boolean certificateAlone(Person person, String address) {
        return !PasswordPolicy.isStrictFor(person.roles()) && person.roles().stream().anyMatch(certificateAlone.roles()::contains) && isInAny(certificateAlone.networks(), address)
            && second(person, address).contains(Factor.CERTIFICATE);
    }

    public boolean isCertificateAlonePossible() {
        return !certificateAlone.roles().isEmpty();
    }

    /** Whether anybody may log in so: then the first page offers it. */
    public boolean isPasskeyAlonePossible() {
        return !passkeyAlone.roles().isEmpty();
    }

    /** How old the latest proof of a second factor may be for an act. */
    public Duration oldest(Act act) {
        return ages.getOrDefault(act, limits.longest());
    }

    /** How long a session lasts without use. */
    public Duration idle(Person person) {
        return PasswordPolicy.isStrictFor(person.roles()) ? limits.idleAdministrator() : limits.idle();
    }

    /** How long a session lasts, however busy. */
    public Duration longest(Person person) {
        return PasswordPolicy.isStrictFor(person.roles()) ? limits.longestAdministrator() : limits.longest();
    }

    /** Whether this person may make app passwords and open mail with one from this address. */
    public boolean appPasswords(Person person, String address) {
        return person.roles().stream().noneMatch(appPasswords.off()::contains) && isInAny(appPasswords.networks(), address);
    }

    /** How long an app password may be made to last, in whole days. */
    public Duration longestAppPassword() {
        return appPasswords.longest();
    }

    private boolean isInAny(List<String> names, String address) {
        return names.isEmpty() || names.stream().anyMatch(name -> isIn(name, address));
    }

    private boolean isIn(String name, String address) {
        return networks.getOrDefault(name, List.of()).stream().anyMatch(network -> network.contains(address));
    }
}
