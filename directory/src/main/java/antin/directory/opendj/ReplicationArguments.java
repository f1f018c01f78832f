package antin.directory.opendj;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@link Replication} is told.
 *
 * @param state                     the state folder of a directory that is set up here: its tools and its base are used
 * @param first                     where the content comes from when a pair is made
 * @param administratorPasswordFile of the administrator of both, made with the pair; the file is made where it is missing
 * @param trustFile                 PEM with the CAs of both servers' certificates
 * @param enabling                  only when a pair is made
 */
record ReplicationArguments(Verb verb, Path state, Server first, Server second, Path administratorPasswordFile, Path trustFile, Optional<Enabling> enabling) {

    enum Verb { ENABLE, COPY, STATUS }

    /** A server by its administration port. */
    record Server(String host, int adminPort) {

        @Override
        public String toString() {
            return host + ':' + adminPort;
        }
    }

    /** Ports that replication gets on both sides, and the passwords of both Directory Managers. */
    record Enabling(int firstPort, int secondPort, Path firstPasswordFile, Path secondPasswordFile) {
    }

    static ReplicationArguments parse(String[] arguments) {
        if (arguments.length == 0 || Arrays.stream(Verb.values()).noneMatch(verb -> word(verb).equals(arguments[0]))) {
            throw misuse("Say what to do: enable, copy or status.");
        }
        Verb verb = Arrays.stream(Verb.values()).filter(one -> word(one).equals(arguments[0])).findFirst().orElseThrow();
        Map<String, String> values = new TreeMap<>();
        for (int i = 1; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw misuse("Arguments come in pairs, --name value; \"" + arguments[i] + "\" does not.");
            }
            values.put(arguments[i].substring(2), arguments[i + 1]);
        }
        Optional<Enabling> enabling = verb != Verb.ENABLE ? Optional.empty() : Optional.of(new Enabling(port(values, "first-replication-port"),
            port(values, "second-replication-port"), path(values, "first-password-file"), path(values, "second-password-file")));
        ReplicationArguments parsed = new ReplicationArguments(verb, path(values, "state"), server(values, "first"), server(values, "second"),
            path(values, "administrator-password-file"), path(values, "trust-file"), enabling);
        if (!values.isEmpty()) {
            throw misuse("The argument --" + values.keySet().iterator().next() + " is unknown to \"" + word(verb) + "\".");
        }
        if (parsed.first().equals(parsed.second())) {
            throw misuse("--first and --second name the same server.");
        }
        return parsed;
    }

    private static String word(Verb verb) {
        return verb.name().toLowerCase(Locale.ROOT);
    }

    private static Server server(Map<String, String> values, String name) {
        String text = take(values, name);
        if (!text.matches("[A-Za-z0-9.-]+:[1-9][0-9]{0,4}")) {
            throw misuse("--" + name + " must be HOST:ADMINISTRATION-PORT, and is \"" + text + "\".");
        }
        int colon = text.indexOf(':');
        return new Server(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static int port(Map<String, String> values, String name) {
        String value = take(values, name);
        if (!value.matches("[1-9][0-9]{0,4}") || Integer.parseInt(value) > 65_535) {
            throw misuse("--" + name + " must be a port, and is \"" + value + "\".");
        }
        return Integer.parseInt(value);
    }

    private static Path path(Map<String, String> values, String name) {
        return Path.of(take(values, name)).toAbsolutePath().normalize();
    }

    private static String take(Map<String, String> values, String name) {
        String value = values.remove(name);
        if (value == null) {
            throw misuse("The argument --" + name + " is missing.");
        }
        return value;
    }

    private static Problem misuse(String sentence) {
        return new Problem(Kind.MISCONFIGURED, sentence);
    }
}
