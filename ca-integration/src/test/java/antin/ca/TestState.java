package antin.ca;

import antin.ca.authority.KeyFile;
import antin.ca.bootstrap.IssuedFolder;
import antin.kernel.SecretFile;
import antin.kernel.config.Settings;
import antin.kernel.tls.PemFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A state folder as the launcher prepares it, and what is in it. */
record TestState(Path home) {

    static TestState prepare(Path home) throws IOException {
        for (String password : List.of("ca-root", "ca-issuing", "ca-internal", "directory-keystore")) {
            SecretFile.createRandom(home.resolve("secrets/" + password + ".password"), 32, new SecureRandom());
        }
        TestState state = new TestState(home);
        if (Files.notExists(home.resolve("conf/ca.properties"))) {
            state.configure("localhost,127.0.0.1");
        }
        return state;
    }

    void configure(String hosts) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("conf")).resolve("ca.properties"), """
            root.password-file=secrets/ca-root.password
            issuing.password-file=secrets/ca-issuing.password
            internal.password-file=secrets/ca-internal.password
            directory-keystore.password-file=secrets/directory-keystore.password
            status-url=http://localhost:8441/
            hosts=%s
            sample=true
            base-dn=dc=city,dc=example
            """.formatted(hosts));
    }

    CaSettings settings() {
        return CaSettings.read(Settings.read(home.resolve("conf/ca.properties")));
    }

    IssuedFolder issued() {
        return new IssuedFolder(settings().issuedFolder());
    }

    /** Every certificate in a file of this installation, once. */
    Set<X509Certificate> certificatesInUse() throws IOException, GeneralSecurityException {
        Set<X509Certificate> certificates = new HashSet<>();
        for (String file : files().keySet()) {
            if (file.endsWith(".pem")) {
                certificates.addAll(PemFile.certificates(home.resolve(file)));
            } else if (file.startsWith("status/")) {
                String name = file.substring("status/".length()).replace(".p12", "");
                certificates.addAll(new KeyFile(home.resolve(file), settings().statusKeysPassword(), name).read().chain());
            }
        }
        return certificates;
    }

    /** Returns the lines of progress. */
    List<String> bootstrap(Clock clock) throws IOException, GeneralSecurityException {
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        CaMain.bootstrap(settings(), clock, new PrintStream(progress, true, StandardCharsets.UTF_8));
        return progress.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Every file and its bytes, in a form that compares. */
    Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(home)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(home.relativize(path).toString(), new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    /** The names of the files that differ from {@code before}. */
    List<String> changedSince(Map<String, String> before) throws IOException {
        return files().entrySet().stream().filter(file -> !file.getValue().equals(before.get(file.getKey()))).map(Map.Entry::getKey)
            .filter(file -> !file.startsWith("audit/") && !file.startsWith("ca/issued/")).toList();
    }
}
