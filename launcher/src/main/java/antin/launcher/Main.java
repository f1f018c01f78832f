package antin.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verbs of {@code ./antin}. Exit: 0 done, 1 something is not well, 2 refused with a sentence. */
public final class Main {

    private static final String USAGE = """
        ./antin up [--detach]      bring everything up (first run: with a sample city)
        ./antin down               stop everything
        ./antin status             what runs
        ./antin doctor             look for what usually goes wrong
        ./antin doctor ejbca [--issue]
                                   look at the EJBCA server of conf/backbone.properties
        ./antin doctor external    look at the outside authorities of conf/backbone.properties
        ./antin check              the journeys against what runs
        ./antin test               all tests
        ./antin soak NAME          long runs: kill, seals, hooks, hsm, formats, large, fuzz
        ./antin build | version    build when sources changed; which version on which Java
        ./antin audit verify       check the audit logs
        ./antin admin revoke SERIAL REASON
                                   take a certificate back for good (keyCompromise, superseded, ...)
        ./antin admin hold | release SERIAL
                                   take a certificate back for a time, and make it good again
        ./antin admin import [--dry-run] FILE...
                                   units and people from CSV or LDIF into the directory
        ./antin admin rotate-key   a fresh key for the secrets in backbone's database
        ./antin directory enable | copy | status --first HOST:PORT --second HOST:PORT ...
                                   two directories that hold the same
        ./antin ceremony seal FILE | split FILE NEEDED HOLDERS | open FILE | close FILE
                                   the root's key off this machine and back, while all is down
        ./antin sample list | root | otp USER | app-password USER [SCOPE] | key USER [login]
                       | token CLIENT|USER [SCOPE...]
        State lives in var/, or where ANTIN_HOME says; ANTIN_PORT_OFFSET moves all ports.""";

    private final Installation installation;
    private final Console console;

    private Main(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path home = Path.of(System.getProperty("antin.home", "var")).toAbsolutePath().normalize();
        Installation installation = new Installation(home, Path.of(System.getProperty("antin.app", "app")).toAbsolutePath().normalize(),
            Path.of(System.getProperty("java.home"), "bin", "java"));
        try {
            System.exit(new Main(installation, new Console(out)).run(List.of(arguments)));
        } catch (Exception e) {
            new PrintStream(System.err, true, StandardCharsets.UTF_8).println("antin: " + Refusal.sentence(e, home));
            System.exit(2);
        }
    }

    private int run(List<String> arguments) throws Exception {
        String verb = arguments.isEmpty() ? "" : arguments.getFirst();
        List<String> rest = arguments.stream().skip(1).toList();
        return switch (verb) {
            case "up" -> up(rest, System.getenv());
            case "down" -> down();
            case "status" -> Status.print(installation, processes(), console) ? 0 : 1;
            case "doctor" -> doctor(rest);
            case "audit" -> audit(rest);
            case "admin" -> admin(rest);
            case "directory" -> directory(rest);
            case "ceremony" -> ceremony(rest);
            case "sample" -> sample(rest);
            default -> {
                console.say(USAGE);
                yield verb.isEmpty() || verb.equals("help") ? 0 : 2;
            }
        };
    }

    private int up(List<String> options, Map<String, String> environment) throws Exception {
        if (!options.isEmpty() && !options.equals(List.of("--detach"))) {
            throw Refusal.of("up takes --detach and nothing else.");
        }
        try (StopOnInterrupt unused = new StopOnInterrupt(installation, console)) {
            LauncherSettings settings = new Up(installation, environment, console).run();
            Welcome.print(installation, settings, console);
            if (options.isEmpty()) {
                new Watch(installation, new Processes(installation, settings), console).run();
            }
        }
        return 0;
    }

    private int down() throws Exception {
        processes().stopAll(console);
        return 0;
    }

    private int doctor(List<String> rest) throws IOException, InterruptedException {
        if (rest.isEmpty()) {
            return new Doctor(installation, console).examine() ? 0 : 1;
        }
        if (rest.equals(List.of("external"))) {
            return JavaProgram.OUTSIDE_DOCTOR.foreground(installation, List.of(installation.conf("backbone").toString()));
        }
        if (!rest.getFirst().equals("ejbca") || rest.size() > 2 || rest.size() == 2 && !rest.get(1).equals("--issue")) {
            throw Refusal.of("The verbs are: ./antin doctor | doctor ejbca [--issue] | doctor external");
        }
        List<String> arguments = new ArrayList<>(List.of(installation.conf("backbone").toString()));
        arguments.addAll(rest.subList(1, rest.size()));
        return JavaProgram.EJBCA_DOCTOR.foreground(installation, arguments);
    }

    private int audit(List<String> rest) throws IOException, InterruptedException {
        if (!rest.equals(List.of("verify"))) {
            throw Refusal.of("The verb is: ./antin audit verify");
        }
        Path folder = installation.home().resolve("audit");
        if (!Files.isDirectory(folder)) {
            throw Refusal.of("There is no audit log in " + installation.home() + " yet.");
        }
        return JavaProgram.AUDIT_CHECK.foreground(installation, List.of(folder.toString(), installation.home().resolve("tls/internal/ca.pem").toString(),
            installation.home().resolve("tls/root.pem").toString()));
    }

    private int admin(List<String> rest) throws IOException, InterruptedException {
        String what = rest.isEmpty() ? "" : rest.getFirst();
        if (what.equals("revoke") && rest.size() == 3) {
            console.say(Revocation.revoke(installation, internalPort(), rest.get(1), rest.get(2)));
            return 0;
        }
        if ((what.equals("hold") || what.equals("release")) && rest.size() == 2) {
            console.say(Revocation.hold(installation, internalPort(), rest.get(1), what.equals("hold")));
            return 0;
        }
        if (rest.equals(List.of("rotate-key"))) {
            return JavaProgram.ROTATE_KEY.foreground(installation, List.of(installation.secret("backbone.key").toString()));
        }
        List<String> files = rest.stream().skip(1).filter(word -> !word.equals("--dry-run")).toList();
        if (what.equals("import") && !files.isEmpty()) {
            try (DirectoryImport directory = new DirectoryImport(installation, internalPort(), console)) {
                return directory.run(files, rest.contains("--dry-run"));
            }
        }
        throw Refusal.of("The verbs are: ./antin admin revoke SERIAL REASON | hold SERIAL | release SERIAL | import [--dry-run] FILE... | rotate-key");
    }

    /** What the pair of directories is asked is the directory's own business; only the files of this installation are added. */
    private int directory(List<String> rest) throws IOException, InterruptedException {
        if (rest.isEmpty()) {
            throw Refusal.of("The verbs are: ./antin directory enable | copy | status --first HOST:PORT --second HOST:PORT (docs/operations.md, Replication)");
        }
        List<String> arguments = new ArrayList<>(rest);
        arguments.addAll(List.of("--state", installation.home().toString(), "--administrator-password-file", installation.secret("directory-replication.password").toString()));
        if (!rest.contains("--trust-file")) {
            arguments.addAll(List.of("--trust-file", installation.home().resolve("tls/root.pem").toString()));
        }
        return JavaProgram.DIRECTORY_PAIR.foreground(installation, arguments);
    }

    /** The root's key goes away or comes back, at this terminal (docs/operations/ceremony.md). */
    private int ceremony(List<String> rest) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("--ceremony", installation.conf("ca").toString()));
        arguments.addAll(rest);
        return JavaProgram.CA.foreground(installation, arguments, CertificationAuthority.environment(installation));
    }

    private int internalPort() {
        return LauncherSettings.read(installation).port(Port.BACKBONE_INTERNAL);
    }

    private int sample(List<String> rest) throws Exception {
        Sample sample = new Sample(installation);
        String what = rest.isEmpty() ? "" : rest.getFirst();
        if (what.equals("list") && rest.size() == 1) {
            sample.people().forEach(console::say);
        } else if (what.equals("root") && rest.size() == 1) {
            console.say(sample.root().toString());
        } else if (what.equals("otp") && rest.size() == 2) {
            console.say(sample.code(rest.get(1)));
        } else if (what.equals("app-password") && (rest.size() == 2 || rest.size() == 3)) {
            console.say(sample.appPassword(rest.get(1), rest.size() == 3 ? rest.get(2) : "imap"));
        } else if (what.equals("key") && (rest.size() == 2 || rest.size() == 3 && rest.get(2).equals("login"))) {
            console.say(sample.key(rest.get(1), rest.size() == 3));
        } else if (what.equals("token") && rest.size() >= 2) {
            int port = LauncherSettings.read(installation).port(Port.PAGES);
            console.say(sample.token(rest.get(1), rest.subList(2, rest.size()), port));
        } else {
            throw Refusal.of("The verbs are: ./antin sample list | root | otp USER | app-password USER [SCOPE] | key USER | token CLIENT|USER [SCOPE...]");
        }
        return 0;
    }

    private Processes processes() {
        if (!Files.exists(installation.conf("launcher"))) {
            throw Refusal.of("There is no installation in " + installation.home() + ". Run ./antin up");
        }
        return new Processes(installation, LauncherSettings.read(installation));
    }
}
