package antin.signing.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of Jazzer over one entry, in a process of its own. */
final class JazzerProcess {

    private static final int GRACE_SECONDS = 180;
    /** Whose branches are watched. */
    private static final String READERS = "antin.**:eu.europa.esig.**:org.apache.pdfbox.**:org.apache.xml.security.**:org.bouncycastle.asn1.**:org.bouncycastle.cert.**:org.bouncycastle.cms.**"
        + ":org.bouncycastle.tsp.**:tools.jackson.core.**:org.apache.tomcat.util.http.**";

    private final Target target;
    private final Path findings;

    JazzerProcess(Target target) {
        this.target = target;
        this.findings = Path.of("target/fuzz").resolve(target.folder()).toAbsolutePath();
    }

    /** What broke the contract, or ended the process; empty where nothing did. */
    List<Path> run(int seconds) throws IOException, InterruptedException {
        Path log = prepare();
        Path work = Files.createTempDirectory("antin-fuzz-run-");
        Path corpus = Files.createDirectory(work.resolve("corpus"));
        Path words = Files.writeString(work.resolve("words"), Mutations.TOKENS.stream().map(JazzerProcess::quoted).collect(Collectors.joining("\n", "", "\n")), StandardCharsets.US_ASCII);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx1g", "-XX:+EnableDynamicAgentLoading", "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true", "-Dantin.fuzz.corpus=" + corpus, "-cp", System.getProperty("java.class.path"), "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.entry.getName(),
            "--instrumentation_includes=" + READERS, "--trace=" + target.watched(),
            "--keep_going=20", "--reproducer_path=" + findings, "-artifact_prefix=" + findings + "/",
            "-max_total_time=" + seconds, "-timeout=20", "-rss_limit_mb=3000", "-print_final_stats=1", "-dict=" + words, corpus.toString())
            .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        boolean ended = process.waitFor(seconds + GRACE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        System.out.println(target.folder() + ": " + last(lines, "number_of_executed_units") + "; " + last(lines, " cov: "));
        try (Stream<Path> found = Files.list(findings)) {
            return Stream.concat(found.filter(file -> file.getFileName().toString().matches("(crash|timeout|oom)-.*")), ended && process.exitValue() == 0 ? Stream.of() : Stream.of(log)).toList();
        }
    }

    /** Without what an earlier run left; returns the log. */
    private Path prepare() throws IOException {
        Files.createDirectories(findings);
        try (Stream<Path> old = Files.list(findings)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        return findings.resolve("log");
    }

    private static String last(List<String> lines, String word) {
        return lines.stream().filter(line -> line.contains(word)).reduce((first, second) -> second).orElse("no " + word.strip()).strip();
    }

    /** As dictionaries of libFuzzer have it. */
    private static String quoted(String token) {
        return token.chars().mapToObj(c -> "\\x%02x".formatted(c)).collect(Collectors.joining("", "\"", "\""));
    }
}
