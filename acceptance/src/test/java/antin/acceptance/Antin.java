package antin.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One installation, driven by {@code ./antin} as an operator does.
 *
 * @param home   its state folder
 * @param offset added to every port
 */
record Antin(Path home, int offset) {

    /** A member of the sample city. */
    record Person(String address, String name, String unit, String role, String password) {
    }

    /** Where the one lies that the tests of a run share. */
    static final Path SHARED = Path.of("target", "home-" + ProcessHandle.current().pid()).toAbsolutePath();
    private static final Map<Path, String> ROOTS = new ConcurrentHashMap<>();
    private static final Path COMMAND = Path.of(System.getProperty("antin.command", "../antin"));
    private static final List<Integer> SOME_PORTS = List.of(8440, 8441, 8443, 9440, 9441, 9540, 9541, 9543, 9544, 10024, 10025, 10110, 10143, 10389, 10465, 10587, 10636, 10993, 10995, 14190, 15432);

    /** The one that {@code -Dantin.home} names and that is up; empty offset file means none is. */
    static Antin running(Path home) throws IOException {
        Properties launcher = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("conf/launcher.properties"))) {
            launcher.load(reader);
        }
        return new Antin(home, Integer.parseInt(launcher.getProperty("port-offset")));
    }

    /** A new one, not yet up, beside whatever else runs on this machine. */
    static Antin fresh(Path home) {
        int offset = Stream.iterate(17_000, candidate -> candidate + 1_100).limit(20)
            .filter(candidate -> SOME_PORTS.stream().allMatch(port -> isFree(port + candidate))).findFirst().orElseThrow();
        return new Antin(home, offset);
    }

    int port(int port) {
        return port + offset;
    }

    Tool.Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    Tool.Result run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(Map.of("ANTIN_HOME", home.toString(), "ANTIN_PORT_OFFSET", Integer.toString(offset), "ANTIN_BUILD", "off"));
        all.putAll(environment);
        String[] command = Stream.concat(Stream.of(COMMAND.toString()), Stream.of(arguments)).toArray(String[]::new);
        return Tool.run(all, "", command);
    }

    void up() {
        run("up", "--detach").succeeds();
    }

    /** Kills a process as a crash does; the next {@link #up()} starts it again. */
    void kill(String process) throws IOException {
        Tool.run("kill", "-9", Files.readString(home.resolve("run").resolve(process + ".pid")).split(" ", -1)[0]).succeeds();
    }

    /**
     * Before its first start: gives it the class-data archives that the shared installation's processes left when they stopped, if they did yet. Without, a
     * first start takes twice the processor time; the JVM itself passes over an archive that does not fit.
     */
    void borrowClassData() throws IOException {
        Path theirs = SHARED.resolve("cache");
        if (Files.isDirectory(theirs)) {
            Path own = Files.createDirectories(home.resolve("cache"));
            try (Stream<Path> archives = Files.list(theirs)) {
                for (Path archive : archives.toList()) {
                    Files.copy(archive, own.resolve(archive.getFileName()));
                }
            }
        }
    }

    /** Takes it down for good: the archives that a stop writes for the next start would be written for nobody. */
    void end() {
        for (String process : List.of("mail-server", "signing-service", "backbone", "ca", "directory")) {
            running(process).ifPresent(handle -> {
                handle.destroyForcibly();
                handle.onExit().join();
            });
        }
        run("down");
    }

    private Optional<ProcessHandle> running(String process) {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readString(home.resolve("run").resolve(process + ".pid")).split(" ", -1)[0]));
        } catch (IOException e) {
            return Optional.empty(); // was never started
        }
    }

    List<Person> people() {
        return run("sample", "list").succeeds().output().lines().map(line -> line.split("\t", -1))
            .map(field -> new Person(field[0], field[1], field[2], field[3], field[4])).toList();
    }

    /** For mail clients. */
    String appPassword(Person person) {
        return run("sample", "app-password", person.address()).succeeds().text();
    }

    /** What oathtool makes of the person's secret, so that our own code is not asked. */
    String code(Person person) throws IOException {
        String secret = Files.readAllLines(home.resolve("sample/otp.tsv")).stream().map(line -> line.split("\t", -1))
            .filter(field -> field[0].equals(person.address())).map(field -> field[1]).findFirst().orElseThrow();
        return Tool.run("oathtool", "--totp", "--base32", secret).succeeds().text();
    }

    /** The root certificate's file. Asked once an installation: hundreds of calls of curl name it, and each question is a JVM. */
    String root() {
        return ROOTS.computeIfAbsent(home, asked -> run("sample", "root").succeeds().text());
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
