package antin.signing.hook;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.config.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys {@code hooks}, {@code hook.NAME.*} and {@code hook-...}.
 *
 * @param atOnce      events on their way to one receiver at the same time
 * @param patience    how long a receiver may take
 * @param longestWait between two tries
 * @param givenUp     after which an event is set aside
 */
public record HookSettings(Map<String, Hook> hooks, int atOnce, Duration patience, Duration longestWait, Duration givenUp) {

    private static final int AT_ONCE = 4;

    public HookSettings {
        hooks = Map.copyOf(hooks);
    }

    public static HookSettings read(Settings file) {
        Map<String, Hook> hooks = new LinkedHashMap<>();
        file.list("hooks").forEach(name -> hooks.put(name, hook(file, name)));
        HookSettings settings = new HookSettings(hooks, file.number("hook-at-once", AT_ONCE), file.duration("hook-patience", Duration.ofSeconds(10)),
            file.duration("hook-longest-wait", Duration.ofMinutes(15)), file.duration("hook-given-up-after", Duration.ofDays(3)));
        if (settings.atOnce < 1) {
            throw new Problem(Kind.MISCONFIGURED, "The key hook-at-once must be a number above 0.");
        }
        return settings;
    }

    private static Hook hook(Settings file, String name) {
        if (!name.matches("[a-z0-9-]{1,41}")) {
            throw new Problem(Kind.MISCONFIGURED, "The key hooks has a name that is not of small letters, digits and hyphens: \"" + name + "\".");
        }
        String begin = "hook." + name + '.';
        List<String> clients = file.list(begin + "clients");
        if (clients.isEmpty()) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + begin + "clients must name the clients that may use the hook.");
        }
        return new Hook(name, address(begin + "url", file.text(begin + "url")), file.path(begin + "secret-file"), Set.copyOf(clients),
            file.optionalText(begin + "trust-file").map(text -> file.path(begin + "trust-file")));
    }

    private static URI address(String key, String text) {
        try {
            URI url = URI.create(text);
            boolean whole = url.getHost() != null && url.getUserInfo() == null && url.getFragment() == null;
            if (whole && ("https".equals(url.getScheme()) || "http".equals(url.getScheme()) && isLoopback(url.getHost()))) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an https address, and is \"" + text + "\".", e);
        }
        throw new Problem(Kind.MISCONFIGURED, "The key " + key + " must be an https address (http only for this machine itself), and is \"" + text + "\".");
    }

    /** Only names that need no asking: what a name server says may change. */
    private static boolean isLoopback(String host) {
        try {
            return host.equals("localhost") || host.matches("[0-9.]+|\\[[0-9a-fA-F:]+]") && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
