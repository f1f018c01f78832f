package antin.directory.opendj;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@link DirectorySetup} is told.
 *
 * @param state               the state folder; the instance is made in its folder {@code directory}
 * @param opendj              OpenDJ's zip
 * @param clientTrust         the CA (PEM) whose certificates may open a connection by SASL EXTERNAL
 * @param listen              the addresses of this machine to listen on; loopback alone where none is named
 * @param sample              where the sample people's passwords are written; empty for a city without people
 */
public record SetupArguments(Path state, Path opendj, int ldapPort, int ldapsPort, int adminPort, String base, String mailDomain,
                             Path managerPasswordFile, Path keystore, Path keystorePasswordFile, Path clientTrust, List<String> listen, Optional<Path> sample) {

    /** Ends in a {@code dc}, so that the first entry is a domain (RFC 4519, 3.1). Nothing in it needs escaping. */
    private static final String BASE = "dc=[a-z0-9-]+(,dc=[a-z0-9-]+)*";
    private static final String ADDRESS = "[0-9a-fA-F.:]+";
    private static final String DOMAIN = "[a-z0-9-]+(\\.[a-z0-9-]+)+";

    public SetupArguments {
        state = state.toAbsolutePath().normalize();
        listen = List.copyOf(listen);
        if (listen.isEmpty() || !listen.stream().allMatch(address -> address.matches(ADDRESS))) {
            throw misuse("--listen must list addresses of this machine, such as 127.0.0.1,10.1.2.3, and is \"" + String.join(",", listen) + "\".");
        }
        if (!base.matches(BASE)) {
            throw misuse("--base must look like dc=city,dc=example, and is \"" + base + "\".");
        }
        if (!mailDomain.matches(DOMAIN)) {
            throw misuse("--mail-domain must look like city.example, and is \"" + mailDomain + "\".");
        }
    }

    /** Reads {@code --name value} pairs. {@code bundled} is the zip where none is named. */
    static SetupArguments parse(String[] arguments, Path bundled) {
        Map<String, String> values = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw misuse("Arguments come in pairs, --name value; \"" + arguments[i] + "\" does not.");
            }
            values.put(arguments[i].substring(2), arguments[i + 1]);
        }
        String sample = values.getOrDefault("sample", "none");
        values.remove("sample");
        String zip = values.remove("opendj");
        String listen = values.getOrDefault("listen", "127.0.0.1");
        values.remove("listen");
        SetupArguments parsed = new SetupArguments(path(values, "state"), zip == null ? bundled : Path.of(zip),
            port(values, "ldap-port"), port(values, "ldaps-port"), port(values, "admin-port"), take(values, "base"), take(values, "mail-domain"),
            path(values, "manager-password-file"), path(values, "keystore"), path(values, "keystore-password-file"),
            path(values, "client-trust"), List.of(listen.split(",", -1)), sample.equals("none") ? Optional.empty() : Optional.of(Path.of(sample).toAbsolutePath()));
        if (!values.isEmpty()) {
            throw misuse("The argument --" + values.keySet().iterator().next() + " is unknown.");
        }
        return parsed;
    }

    /** Where the instance lives once it is whole. */
    Path instance() {
        return state.resolve("directory");
    }

    private static String take(Map<String, String> values, String name) {
        String value = values.remove(name);
        if (value == null) {
            throw misuse("The argument --" + name + " is missing.");
        }
        return value;
    }

    private static Path path(Map<String, String> values, String name) {
        return Path.of(take(values, name)).toAbsolutePath().normalize();
    }

    private static int port(Map<String, String> values, String name) {
        String value = take(values, name);
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 65_535) {
            throw misuse("The argument --" + name + " must be a port, and is \"" + value + "\".");
        }
        return Integer.parseInt(value);
    }

    private static Problem misuse(String sentence) {
        return new Problem(Kind.MISCONFIGURED, sentence);
    }
}
