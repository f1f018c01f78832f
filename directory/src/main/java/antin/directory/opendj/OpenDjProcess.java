package antin.directory.opendj;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How Java runs OpenDJ's classes, always in a process of their own: its libraries and ours do not go together. */
record OpenDjProcess(Path installation, Path log) {

    /** From OpenDJ's own start script: it reaches into the JDK to make its self-signed certificates. */
    private static final List<String> OPENINGS = List.of("--add-exports=java.base/sun.security.x509=ALL-UNNAMED",
        "--add-exports=java.base/sun.security.tools.keytool=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.loader=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED");

    /** Runs a tool of OpenDJ to its end; a failure is a {@link Problem} that names where its output lies. */
    void run(String mainClass, String... arguments) throws IOException {
        if (attempt(mainClass, arguments) != 0) {
            throw failed(mainClass);
        }
    }

    /** The same for a tool whose exit code says more than that it failed. */
    int attempt(String mainClass, String... arguments) throws IOException {
        return end(mainClass, builder(mainClass, arguments).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start());
    }

    /** What a tool prints; empty where it failed, and then its complaint lies in the log. */
    Optional<String> read(String mainClass, String... arguments) throws IOException {
        Path output = Files.createTempFile(temporary(), "read", ".out");
        try {
            Process process = builder(mainClass, arguments).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile())).redirectOutput(output.toFile()).start();
            return end(mainClass, process) == 0 ? Optional.of(Files.readString(output)) : Optional.empty();
        } finally {
            Files.delete(output);
        }
    }

    private ProcessBuilder builder(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary())); // gone before C2 pays
        command.addAll(OPENINGS);
        command.addAll(List.of("-cp", classPath(), mainClass));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(installation.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment());
        return builder;
    }

    private int end(String mainClass, Process process) throws IOException {
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                throw failed(mainClass);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem(Kind.INTERNAL, "A tool of the directory was interrupted.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** An argument file for {@code java} that serves in the foreground until SIGTERM. */
    String serverArguments() {
        List<String> arguments = new ArrayList<>(List.of("-Xmx256m", "-Xmn20m", "-Xss512k", "-XX:+UseSerialGC", "-XX:-UsePerfData",
            "-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + installation.resolveSibling("classes.jsa"), "-Xlog:disable",
            "-Djava.io.tmpdir=" + temporary(), "-Dorg.opends.server.scriptName=start-ds"));
        arguments.addAll(OPENINGS);
        arguments.addAll(List.of("-cp", classPath(), "org.opends.server.core.DirectoryServer", "--configFile",
            installation.resolve("config/config.ldif").toString(), "--nodetach", "--quiet"));
        StringBuilder file = new StringBuilder();
        arguments.forEach(argument -> file.append('"').append(argument.replace("\\", "\\\\").replace("\"", "\\\"")).append("\"\n"));
        return file.toString();
    }

    /** One arena a CPU would cost memory and win nothing here. */
    Map<String, String> environment() {
        return Map.of("INSTALL_ROOT", installation.toString(), "INSTANCE_ROOT", installation.toString(), "MALLOC_ARENA_MAX", "2");
    }

    private String classPath() {
        return installation.resolve("classes") + ":" + installation.resolve("lib") + "/*";
    }

    private Path temporary() {
        return installation.resolve("tmp");
    }

    private Problem failed(String mainClass) throws IOException {
        String space = Files.getFileStore(installation).getUsableSpace() < 20_000_000 ? " The disk is full." : "";
        return new Problem(Kind.MISCONFIGURED, "OpenDJ's " + mainClass.substring(mainClass.lastIndexOf('.') + 1) + " failed." + space
            + " Its output lies in " + log + "; the next try begins anew.");
    }
}
