package antin.launcher;

import antin.kernel.Problem;
import antin.kernel.tls.PemFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Looks at what usually goes wrong, changes nothing, and says what to do. */
final class Doctor {

    private final Installation installation;
    private final Console console;
    private boolean well = true;

    Doctor(Installation installation, Console console) {
        this.installation = installation;
        this.console = console;
    }

    /** Whether nothing was found. */
    boolean examine() throws IOException {
        check("Java " + Runtime.version(), Runtime.version().feature() >= 21, "Install a JDK 21 or newer and set JAVA_HOME.");
        Path home = installation.home();
        if (!Files.exists(installation.conf("launcher"))) {
            console.say("  There is no installation in " + home + " yet. Run ./antin up");
            return well;
        }
        check("state folder " + home + " can be written", Files.isWritable(home), "Change its owner to " + System.getProperty("user.name") + ".");
        long free = Files.getFileStore(home).getUsableSpace() >> 20;
        check("free disk " + free + " MB", free >= 500, "Free some space on the disk that holds " + home + ".");
        for (String name : Secrets.NAMES) {
            checkSecret(name);
        }
        for (String leaf : CertificationAuthority.LEAVES) {
            checkCertificate(leaf);
        }
        LauncherSettings settings = LauncherSettings.read(installation);
        for (Processes.Entry entry : new Processes(installation, settings).inStartOrder()) {
            boolean runs = entry.daemon().running().isPresent();
            check(entry.title() + (runs ? " answers" : " is stopped"), !entry.daemon().isDead() && (!runs || entry.ready().isReady()),
                "See " + installation.log(entry.daemon().name()) + ", and run ./antin up");
        }
        return well;
    }

    private void checkSecret(String name) {
        Path file = installation.secret(name);
        try {
            check("secret " + name, !antin.kernel.SecretFile.text(file).isEmpty(), "Restore " + file + " from the backup.");
        } catch (Problem e) {
            check("secret " + name, false, e.detail());
        }
    }

    private void checkCertificate(String leaf) {
        try {
            Instant end = PemFile.certificates(installation.home().resolve(leaf + ".pem")).getFirst().getNotAfter().toInstant();
            check("certificate " + leaf + " until " + LocalDate.ofInstant(end, ZoneId.systemDefault()), end.isAfter(Instant.now()),
                "Run ./antin down and ./antin up: it is renewed.");
        } catch (Problem e) {
            check("certificate " + leaf, false, e.detail() + " Run ./antin up: it is made anew.");
        }
    }

    private void check(String what, boolean good, String advice) {
        well &= good;
        console.say((good ? "  ok    " : "  wrong ") + what + (good ? "" : ". " + advice));
    }
}
