package antin.ca;

import antin.ca.bootstrap.Bootstrap;
import antin.ca.bootstrap.IssueCertificate;
import antin.ca.bootstrap.IssuedFolder;
import antin.kernel.Problem;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.audit.TimeStamps;
import antin.kernel.config.Settings;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/** The {@code ca} process: for now {@code --bootstrap STATE/conf/ca.properties}, which makes keys and certificates and ends. */
public final class CaMain {

    private CaMain() {
    }

    public static void main(String[] args) {
        System.setProperty("logback.configurationFile", "antin/ca/logback.xml");
        if (args.length != 2 || !args[0].equals("--bootstrap")) {
            fail("it is called as --bootstrap STATE/conf/ca.properties.");
            return;
        }
        try {
            bootstrap(CaSettings.read(Settings.read(Path.of(args[1]))), Clock.systemUTC(), System.out);
        } catch (Problem e) {
            fail(e.detail());
        } catch (FileSystemException e) {
            fail("The file " + e.getFile() + " cannot be made: " + Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName())
                + ". Check the owner of the folder and the free space, and run it again.");
        } catch (IOException | GeneralSecurityException e) {
            fail("The certificates cannot be made: " + e.getMessage() + ". Check the free space, and run it again.");
        }
    }

    static void bootstrap(CaSettings settings, Clock clock, PrintStream progress) throws IOException, GeneralSecurityException {
        Path folder = settings.auditFolder();
        try (AuditLog audit = AuditLog.open(folder, "ca", clock)) {
            IssueCertificate issue = new IssueCertificate(audit, new IssuedFolder(settings.issuedFolder()), clock, new SecureRandom());
            int made = new Bootstrap(settings, issue, clock, progress).run();
            if (made == 0) {
                progress.println("ca: every key and certificate is current");
                return;
            }
            InternalIdentity identity = InternalIdentity.read(settings.internal(), Bootstrap.CA_PROCESS_FILE);
            new AuditHeads(audit, folder, "ca", identity, TimeStamps.NONE, clock).close(); // signs the head
        }
    }

    private static void fail(String sentence) {
        System.err.println("antin: ca cannot start: " + sentence);
        System.exit(2);
    }
}
