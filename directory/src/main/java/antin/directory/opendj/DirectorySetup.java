package antin.directory.opendj;

import antin.directory.ldif.LdifTemplate;
import antin.directory.password.DirectoryPolicy;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the directory's instance in {@code STATE/directory}, whole or not at all: it is built in {@code directory.half} and
 * then renamed; what a crash left there is removed by the next run. On an instance that is there, only the ports, the key's
 * place, the trusted internal CA and the start files are brought up to date. The server must not run meanwhile.
 */
public final class DirectorySetup {

    /** Compiled with OpenDJ's classes, which this process does not have: known by name. */
    private static final List<String> RUN_BY_OPENDJ = List.of("antin/directory/opendj/server/RenewedKeyManagerProvider.class",
        "antin/directory/opendj/server/RenewedKeyManagerProvider$Source.class", "antin/kernel/tls/RenewedKeyManager.class");
    private static final long NEEDED_BYTES = 300_000_000;
    private static final String APPLIED = "applied";

    private final SetupArguments arguments;
    private final SecureRandom random;
    private final PrintStream progress;

    public DirectorySetup(SetupArguments arguments, SecureRandom random, PrintStream progress) {
        this.arguments = arguments;
        this.random = random;
        this.progress = progress;
    }

    public static void main(String[] args) {
        try {
            Path classes = Path.of(DirectorySetup.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            new DirectorySetup(SetupArguments.parse(args, classes.resolveSibling("opendj.zip")), new SecureRandom(), System.out).run();
        } catch (Problem e) {
            fail(e.detail());
        } catch (FileSystemException e) {
            fail("The file " + e.getFile() + " cannot be made: " + Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName())
                + ". Check the owner of the folder and the free space, and run it again.");
        } catch (IOException | URISyntaxException e) {
            fail("The set-up failed: " + e.getMessage() + ". Check the free space, and run it again.");
        }
    }

    public void run() throws IOException {
        Path instance = arguments.instance();
        Path half = instance.resolveSibling("directory.half");
        delete(half);
        if (!Files.exists(instance)) {
            make(half);
            // Step 6: all or nothing
            Files.move(half, instance, StandardCopyOption.ATOMIC_MOVE);
        }
        update(instance);
    }

    private void make(Path half) throws IOException {
        if (Files.getFileStore(Files.createDirectories(arguments.state())).getUsableSpace() < NEEDED_BYTES) {
            throw new Problem(Kind.MISCONFIGURED, "The directory needs 300 MB of free disk space in " + arguments.state() + ".");
        }
        Files.createDirectory(half, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path installation = half.resolve("opendj");
        // Step 1: the program
        progress.println("directory: unpacking OpenDJ");
        OpenDjArchive.unpack(arguments.opendj(), installation);
        Files.createDirectories(installation.resolve("tmp"));
        // Step 2: what an entry may hold, and what of ours it runs
        writeSchema(installation);
        writeClasses(installation);
        // Step 3: who may do what
        progress.println("directory: writing schema, access rules and password policy");
        OpenDjProcess opendj = openDj(installation);
        OpenDjConfiguration configuration = configuration();
        configure(opendj, half, configuration.changes(half), listeners());
        // Step 4: the first entries
        SampleCity city = new SampleCity(arguments.base(), arguments.mailDomain(), random);
        progress.println(arguments.sample().isPresent() ? "directory: filling it with the sample city" : "directory: writing the first entries");
        Path entries = half.resolve("entries.ldif");
        SecretFile.write(entries, configuration.firstEntries(half) + (arguments.sample().isPresent() ? city.ldif() : ""));
        opendj.run("org.opends.server.tools.ImportLDIF", "--configFile", installation.resolve("config/config.ldif").toString(), "--offline",
            "--backendID", "userRoot", "--ldifFile", entries.toString());
        Files.delete(entries);
        // Step 5: the passwords, before anybody can rely on them
        if (arguments.sample().isPresent()) {
            SecretFile.write(arguments.sample().get().resolve("people.tsv"), city.table());
        }
        Files.writeString(half.resolve("base-dn"), arguments.base());
        SecretFile.write(half.resolve(APPLIED), configuration.fingerprint(half));
    }

    /** What may change between two starts. */
    private void update(Path instance) throws IOException {
        if (!Files.exists(instance.resolve("base-dn")) || !Files.readString(instance.resolve("base-dn")).equals(arguments.base())) {
            throw new Problem(Kind.MISCONFIGURED, "The folder " + instance + " holds no directory for " + arguments.base() + ". Move it away to begin a new one.");
        }
        Path installation = instance.resolve("opendj");
        OpenDjProcess opendj = openDj(installation);
        writeSchema(installation); // later versions only add to it; indexes name words of it
        writeClasses(installation);
        upgrade(instance, opendj);
        Path applied = instance.resolve("listeners.ldif");
        if (!Files.exists(applied) || !Files.readString(applied).equals(listeners())) {
            progress.println("directory: changing its ports and its key's place");
            configure(opendj, instance, listeners());
        }
        Path config = installation.resolve("config");
        OpenDjSecrets.writeTrust(arguments.clientTrust(), config.resolve("internal-ca.p12"), config.resolve("internal-ca.pin"), random);
        SecretFile.write(instance.resolve("start.args"), opendj.serverArguments());
        StringBuilder environment = new StringBuilder();
        new TreeMap<>(opendj.environment()).forEach((name, value) -> environment.append(name).append('=').append(value).append('\n'));
        SecretFile.write(instance.resolve("environment"), environment.toString());
        progress.println("directory: ready to start");
    }

    /**
     * Brings an instance of an earlier version, or of other settings, to what the templates say now. Each step may be made again, and the last one notes
     * that all were: a crash between leaves an instance that the next run completes. The data are not touched: indexes are built beside them, and
     * entries that are missing the server adds itself when it starts.
     */
    private void upgrade(Path instance, OpenDjProcess opendj) throws IOException {
        OpenDjConfiguration configuration = configuration();
        String wanted = configuration.fingerprint(instance);
        Path applied = instance.resolve(APPLIED);
        if (Files.exists(applied) && Files.readString(applied).equals(wanted)) {
            return;
        }
        // Step 1: the configuration, whole or not at all
        progress.println("directory: bringing access rules, password policy and indexes up to date");
        configure(opendj, instance, configuration.changes(instance), listeners());
        // Step 2: the indexes that are new in it, and those that a crash left half-built
        opendj.run("org.opends.server.tools.RebuildIndex", "--configFile", opendj.installation().resolve("config/config.ldif").toString(), "--offline",
            "--baseDN", arguments.base(), "--rebuildDegraded");
        // Step 3: what the server adds at its start
        Path folder = opendj.installation().resolve("config/auto-process-ldif");
        delete(folder); // with what it noted of the last time
        SecretFile.write(folder.resolve("missing-entries.ldif"), configuration.missingEntries(instance));
        // Step 4: done
        SecretFile.write(applied, wanted);
    }

    private OpenDjConfiguration configuration() {
        return new OpenDjConfiguration(arguments, DirectoryPolicy.read(arguments.state().resolve("conf/directory.properties")).passwords(), random);
    }

    private static void writeSchema(Path installation) throws IOException {
        Files.writeString(installation.resolve("config/schema/97-clients.ldif"), LdifTemplate.fill("/antin/directory/opendj/clients.ldif", Map.of()));
        Files.writeString(installation.resolve("config/schema/98-antin.ldif"), LdifTemplate.fill("/antin/directory/opendj/schema.ldif", Map.of()));
    }

    private static void writeClasses(Path installation) throws IOException {
        for (String name : RUN_BY_OPENDJ) {
            Path file = installation.resolve("classes").resolve(name);
            Files.createDirectories(file.getParent());
            try (InputStream code = DirectorySetup.class.getResourceAsStream("/" + name)) {
                Files.write(file, Objects.requireNonNull(code, name).readAllBytes());
            }
        }
    }

    /** Applies changes by OpenDJ's own ldifmodify; the last are the listeners, kept to compare with. */
    private void configure(OpenDjProcess opendj, Path folder, String... changes) throws IOException {
        Path config = opendj.installation().resolve("config/config.ldif");
        // Names of this run alone: an ldifmodify that outlived a killed run may still write to its own.
        Path work = folder.resolve("changes-" + ProcessHandle.current().pid());
        removeWork(folder);
        Files.createDirectory(work, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path change = work.resolve("changes.ldif");
        Path changed = work.resolve("config.ldif");
        SecretFile.write(change, ConfigurationChanges.onto(Files.readString(config), String.join("\n", changes)));
        opendj.run("com.forgerock.opendj.ldap.tools.LDIFModify", "--outputLDIF", changed.toString(), config.toString(), change.toString());
        SecretFile.write(config, Files.readAllBytes(changed));
        SecretFile.write(folder.resolve("listeners.ldif"), changes[changes.length - 1]);
        delete(work);
    }

    private static void removeWork(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "changes-*")) {
            for (Path work : left) {
                delete(work);
            }
        }
    }

    private String listeners() throws IOException {
        return LdifTemplate.fill("/antin/directory/opendj/listeners.ldif", Map.of("ldap-port", Integer.toString(arguments.ldapPort()),
            "ldaps-port", Integer.toString(arguments.ldapsPort()), "admin-port", Integer.toString(arguments.adminPort()),
            "listen", String.join("\n", arguments.listen().stream().map(address -> "ds-cfg-listen-address: " + address).toList()),
            "keystore", LdifTemplate.base64(seenFromInstallation(arguments.keystore())),
            "keystore-password-file", LdifTemplate.base64(seenFromInstallation(arguments.keystorePasswordFile()))));
    }

    private OpenDjProcess openDj(Path installation) throws IOException {
        return new OpenDjProcess(installation, Files.createDirectories(arguments.state().resolve("log")).resolve("directory-setup.out"));
    }

    /** Files of the state folder are named relative to the installation, so that the state folder may be moved as a whole. */
    private String seenFromInstallation(Path file) {
        return file.startsWith(arguments.state()) ? arguments.instance().resolve("opendj").relativize(file).toString() : file.toString();
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void fail(String sentence) {
        System.err.println("antin: directory cannot start: " + sentence);
        System.exit(2);
    }
}
