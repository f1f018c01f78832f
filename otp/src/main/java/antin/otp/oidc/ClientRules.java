package antin.otp.oidc;

import antin.directory.Directory;
import antin.directory.Person;
import antin.directory.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** What an administrator decided of a client beyond what Spring's table has columns for; kept among its settings, so that a client is one row. */
public final class ClientRules {

    /** Whether it may do anything. */
    public static final String ACTIVE = "antin.active";
    /** Short names of the units whose people, and those of all units below, may use it; none for everybody. */
    public static final String UNITS = "antin.units";
    /** Where to tell that somebody logged out (OpenID Connect Back-Channel Logout, 2.2). */
    public static final String BACK_CHANNEL_LOGOUT = "antin.backchannel-logout";
    /** Its public keys, a JWK set as text; for clients that publish none. */
    public static final String KEYS = "antin.jwks";
    /** Whether people stay logged in without asking for {@code offline_access}: mail programs do not ask. */
    public static final String STAYS = "antin.stays";
    /** In the token settings: how long refresh tokens go on from the login, however often they are used. */
    public static final String LONGEST = "antin.longest";

    private static final Duration LONGEST_LOGIN = Duration.ofDays(90);

    private final Directory directory;

    public ClientRules(Directory directory) {
        this.directory = directory;
    }

    public static boolean isActive(RegisteredClient client) {
        return !Boolean.FALSE.equals(client.getClientSettings().getSetting(ACTIVE));
    }

    public static List<String> units(RegisteredClient client) {
        List<String> units = client.getClientSettings().getSetting(UNITS);
        return units == null ? List.of() : List.copyOf(units);
    }

    public static Optional<String> backChannelLogout(RegisteredClient client) {
        return text(client.getClientSettings(), BACK_CHANNEL_LOGOUT);
    }

    public static Optional<String> keys(RegisteredClient client) {
        return text(client.getClientSettings(), KEYS);
    }

    static boolean stays(RegisteredClient client) {
        return Boolean.TRUE.equals(client.getClientSettings().getSetting(STAYS));
    }

    static Duration longest(RegisteredClient client) {
        Duration longest = client.getTokenSettings().getSetting(LONGEST);
        return longest == null ? LONGEST_LOGIN : longest;
    }

    /** The settings, with the rules in types that Spring Security reads back. */
    public static ClientSettings settings(ClientSettings.Builder settings, boolean active, List<String> units) {
        return settings.setting(ACTIVE, active).setting(UNITS, new ArrayList<>(units)).build();
    }

    public static TokenSettings.Builder lasting(TokenSettings.Builder tokens, Duration idle, Duration longest) {
        return tokens.reuseRefreshTokens(false).refreshTokenTimeToLive(idle).setting(LONGEST, longest);
    }

    /** Whether this person may use the client. Throws Problem where the directory is away. */
    boolean admits(RegisteredClient client, Person person) {
        List<String> units = units(client);
        return isActive(client) && (units.isEmpty() || path(person).stream().anyMatch(units::contains));
    }

    private Set<String> path(Person person) {
        Set<String> path = new HashSet<>();
        Optional<Unit> unit = Optional.of(person.unit());
        while (unit.isPresent() && path.add(unit.get().id())) {
            String parent = unit.get().parent();
            unit = parent == null ? Optional.empty() : directory.unit(parent);
        }
        return path;
    }

    private static Optional<String> text(ClientSettings settings, String name) {
        @Nullable String value = settings.getSetting(name);
        return Optional.ofNullable(value).filter(text -> !text.isBlank());
    }
}
