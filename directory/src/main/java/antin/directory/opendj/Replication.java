package antin.directory.opendj;

import antin.directory.opendj.ReplicationArguments.Enabling;
import antin.directory.opendj.ReplicationArguments.Server;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Makes a pair of two directories that were set up apart and run: what is written to one is written to both. {@code enable} makes
 * the pair and gives the second the content of the first, {@code copy} does only the latter, {@code status} tells whether they are in
 * step (exit code 1: they are not). It drives OpenDJ's own tools over both administration ports.
 *
 * <p>A write is answered when the other server has it too (assured replication, "safe read"), so that nothing answered is lost with one
 * of them. While the other is away, writes go on without waiting; one that hangs holds each write up for a second at most.
 */
public final class Replication {

    private static final String TOOL = "org.opends.server.tools.dsreplication.ReplicationCliMain";
    private static final String SEARCH = "com.forgerock.opendj.ldap.tools.LDAPSearch";
    private static final String MODIFY = "com.forgerock.opendj.ldap.tools.LDAPModify";
    private static final String MANAGER = "cn=Directory Manager";
    private static final String ADMINISTRATOR = "antin";
    private static final String ADMINISTRATOR_DN = "cn=" + ADMINISTRATOR + ",cn=Administrators,cn=admin data";
    private static final String PROVIDER = "cn=Multimaster Synchronization,cn=Synchronization Providers,cn=config";
    /** dsreplication's answer where both replicate the base already. */
    private static final int IS_A_PAIR = 5;
    private static final Duration TO_GET_IN_STEP = Duration.ofSeconds(60);

    /** What both answered; empty where one did not. */
    private record Pair(Optional<ReplicaState> first, Optional<ReplicaState> second) {

        boolean inStep() {
            return first.isPresent() && second.isPresent() && first.get().isInStepWith(second.get());
        }
    }

    private final ReplicationArguments arguments;
    private final OpenDjProcess opendj;
    private final String base;
    private final Path trustStore;
    private final Path trustStorePin;
    private final PrintStream progress;

    private Replication(ReplicationArguments arguments, Path scratch, SecureRandom random, PrintStream progress) throws IOException {
        Path instance = arguments.state().resolve("directory");
        this.arguments = arguments;
        this.opendj = new OpenDjProcess(instance.resolve("opendj"), Files.createDirectories(arguments.state().resolve("log")).resolve("directory-replication.out"));
        this.base = Files.readString(instance.resolve("base-dn"));
        this.trustStore = scratch.resolve("trust.p12");
        this.trustStorePin = scratch.resolve("trust.pin");
        this.progress = progress;
        OpenDjSecrets.writeTrust(arguments.trustFile(), trustStore, trustStorePin, random);
    }

    public static void main(String[] words) {
        try {
            System.exit(run(words, System.out) ? 0 : 1);
        } catch (Problem e) {
            fail(e.detail());
        } catch (IOException e) {
            fail("A file cannot be read or written: " + e.getMessage() + ".");
        }
    }

    /** Whether the two are in step afterwards. */
    static boolean run(String[] words, PrintStream progress) throws IOException {
        ReplicationArguments arguments = ReplicationArguments.parse(words);
        Path temporary = arguments.state().resolve("directory/opendj/tmp");
        if (!Files.isDirectory(temporary)) {
            throw new Problem(Kind.MISCONFIGURED, "The folder " + arguments.state() + " holds no directory. Set one up first.");
        }
        SecureRandom random = new SecureRandom();
        Path scratch = Files.createTempDirectory(temporary, "replication"); // only its owner looks into it
        try {
            Replication replication = new Replication(arguments, scratch, random, progress);
            return switch (arguments.verb()) {
                case ENABLE -> replication.enable(arguments.enabling().orElseThrow(), random, scratch);
                case COPY -> replication.copy() && replication.awaitStep();
                case STATUS -> replication.status();
            };
        } finally {
            DirectorySetup.delete(scratch);
        }
    }

    private boolean enable(Enabling enabling, SecureRandom random, Path scratch) throws IOException {
        SecretFile.createRandom(arguments.administratorPasswordFile(), 32, random);
        // Step 1: each learns the other's certificate, and the base is replicated
        progress.println("directory: making a pair of " + arguments.first() + " and " + arguments.second());
        int exit = opendj.attempt(TOOL, tool("enable", List.of("--noSchemaReplication", // each has its own from DirectorySetup
            "--host1", arguments.first().host(), "--port1", Integer.toString(arguments.first().adminPort()), "--bindDN1", MANAGER,
            "--bindPasswordFile1", enabling.firstPasswordFile().toString(), "--replicationPort1", Integer.toString(enabling.firstPort()), "--secureReplication1",
            "--host2", arguments.second().host(), "--port2", Integer.toString(arguments.second().adminPort()), "--bindDN2", MANAGER,
            "--bindPasswordFile2", enabling.secondPasswordFile().toString(), "--replicationPort2", Integer.toString(enabling.secondPort()), "--secureReplication2")));
        if (exit != 0 && exit != IS_A_PAIR) {
            throw new Problem(Kind.MISCONFIGURED, "OpenDJ's dsreplication failed (" + exit + "); its output lies in " + opendj.log() + ".");
        }
        // Step 2: a write waits for the other server
        progress.println("directory: a write is answered when both have it");
        Path change = scratch.resolve("assured.ldif");
        Files.writeString(change, assured());
        for (Server server : List.of(arguments.first(), arguments.second())) {
            opendj.run(MODIFY, connection(server, List.of("--filename", change.toString())));
        }
        // Step 3: the same content, once
        if (exit == IS_A_PAIR) {
            progress.println("directory: they were a pair already, so nothing was copied");
            return status();
        }
        return copy() && awaitStep();
    }

    private boolean copy() throws IOException {
        progress.println("directory: copying all entries from " + arguments.first() + " to " + arguments.second());
        opendj.run(TOOL, tool("initialize", List.of("--hostSource", arguments.first().host(), "--portSource", Integer.toString(arguments.first().adminPort()),
            "--hostDestination", arguments.second().host(), "--portDestination", Integer.toString(arguments.second().adminPort()))));
        return true;
    }

    /** Replication goes on in the background; a look tells more once it has gone through. */
    private boolean awaitStep() throws IOException {
        Instant deadline = Instant.now().plus(TO_GET_IN_STEP);
        Pair pair = look();
        while (!pair.inStep() && Instant.now().isBefore(deadline)) {
            pair = look();
        }
        return tell(pair);
    }

    private boolean status() throws IOException {
        return tell(look());
    }

    private Pair look() throws IOException {
        return new Pair(state(arguments.first()), state(arguments.second()));
    }

    private boolean tell(Pair pair) {
        tell(arguments.first(), pair.first());
        tell(arguments.second(), pair.second());
        progress.println(pair.inStep() ? "directory: both are in step" : "directory: NOT in step");
        return pair.inStep();
    }

    private void tell(Server server, Optional<ReplicaState> state) {
        progress.println(server + "\t" + state.map(known -> known.status() + "\t" + (known.encrypted() ? "encrypted" : "NOT ENCRYPTED, restart it") + "\t"
            + known.replicas() + " servers\t" + String.join(" ", known.changes().stream().sorted().toList())).orElse("does not answer, or replicates nothing"));
    }

    private Optional<ReplicaState> state(Server server) throws IOException {
        return opendj.read(SEARCH, connection(server, List.of("--baseDN", "cn=Replication,cn=monitor", "--searchScope", "sub", "--wrapColumn", "0",
            "(domain-name=" + base + ")", "status", "server-state", "ssl-encryption"))).flatMap(ReplicaState::parse);
    }

    private String assured() {
        String domain = "cn=" + base.replace("=", "\\=").replace(",", "\\,") + ",cn=domains," + PROVIDER;
        return "dn: " + domain + "\nchangetype: modify\nreplace: ds-cfg-assured-type\nds-cfg-assured-type: safe-read\n\n"
            // A server that comes back with much to catch up on is not waited for meanwhile.
            + "dn: cn=replication server," + PROVIDER + "\nchangetype: modify\nreplace: ds-cfg-degraded-status-threshold\nds-cfg-degraded-status-threshold: 500\n";
    }

    private String[] tool(String verb, List<String> rest) {
        List<String> all = new ArrayList<>(List.of(verb, "--configFile", opendj.installation().resolve("config/config.ldif").toString(), "--no-prompt", "--noPropertiesFile",
            "--trustStorePath", trustStore.toString(), "--trustStorePasswordFile", trustStorePin.toString(),
            "--adminUID", ADMINISTRATOR, "--adminPasswordFile", arguments.administratorPasswordFile().toString(), "--baseDN", base));
        all.addAll(rest);
        return all.toArray(String[]::new);
    }

    private String[] connection(Server server, List<String> rest) {
        List<String> all = new ArrayList<>();
        Collections.addAll(all, "--noPropertiesFile", "--hostname", server.host(), "--port", Integer.toString(server.adminPort()), "--useSSL",
            "--trustStorePath", trustStore.toString(), "--trustStorePasswordFile", trustStorePin.toString(),
            "--bindDN", ADMINISTRATOR_DN, "--bindPasswordFile", arguments.administratorPasswordFile().toString());
        all.addAll(rest);
        return all.toArray(String[]::new);
    }

    private static void fail(String sentence) {
        System.err.println("antin: " + sentence);
        System.exit(2);
    }
}
