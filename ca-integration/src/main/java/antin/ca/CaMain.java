package antin.ca;

import antin.ca.bootstrap.Bootstrap;
import antin.ca.bootstrap.IssueCertificate;
import antin.ca.bootstrap.IssuedFolder;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.audit.TimeStamps;
import antin.kernel.config.Settings;
import antin.kernel.process.StartUp;
import antin.kernel.tls.InternalIdentity;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The {@code ca} process: {@code STATE/conf/ca.properties} serves until SIGTERM; with {@code --bootstrap} before it, it makes the
 * installation's keys and certificates and ends.
 */
public final class CaMain {

    private CaMain() {
    }

    public static void main(String[] args) {
        boolean bootstrap = args.length == 2 && args[0].equals("--bootstrap");
        System.setProperty("logback.configurationFile", bootstrap ? "antin/ca/logback.xml" : "antin/ca/daemon-logback.xml");
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            if (bootstrap) {
                bootstrap(settings(args[1]), Clock.systemUTC(), System.out);
            } else if (args.length == 1) {
                serve(settings(args[0]));
            } else {
                fail("It takes its configuration file, STATE/conf/ca.properties, with --bootstrap before it or without.");
            }
        } catch (Problem e) {
            fail(e.detail());
        } catch (FileSystemException e) {
            fail("The file " + e.getFile() + " cannot be made: " + Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName())
                + ". Check the owner of the folder and the free space, and run it again.");
        } catch (IOException | GeneralSecurityException e) {
            fail("Its keys or files cannot be used: " + e.getMessage() + ". Check the free space, and run it again.");
        } catch (Exception e) {
            LoggerFactory.getLogger(CaMain.class).error("Cannot start", e);
            fail(StartUp.unexpected(e));
        }
    }

    private static CaSettings settings(String file) {
        return CaSettings.read(Settings.read(Path.of(file)));
    }

    private static void serve(CaSettings settings) throws Exception {
        Ca.start(settings, Clock.systemUTC()).closeAtExit();
        LoggerFactory.getLogger(CaMain.class).info("Ready at port {}", settings.internalPort());
    }

    static void bootstrap(CaSettings settings, Clock clock, PrintStream progress) throws IOException, GeneralSecurityException {
        Path folder = settings.auditFolder();
        try (AuditLog audit = openAudit(folder, clock)) {
            IssueCertificate issue = new IssueCertificate(audit, new IssuedFolder(settings.issuedFolder()), clock, new SecureRandom());
            int made = new Bootstrap(settings, issue, clock, progress::println).run();
            if (made == 0) {
                progress.println("ca: every key and certificate is current");
                return;
            }
            InternalIdentity identity = InternalIdentity.read(settings.internal(), Bootstrap.CA_PROCESS_FILE);
            new AuditHeads(audit, folder, "ca", identity, TimeStamps.NONE, clock).close(); // signs the head
        }
    }

    /** The running process writes the same log: two hands in one chain would break it. */
    private static AuditLog openAudit(Path folder, Clock clock) throws IOException {
        try {
            return AuditLog.open(folder, "ca", clock);
        } catch (Problem e) {
            throw new Problem(Kind.MISCONFIGURED, e.detail() + " While ca runs, nothing is made anew: stop it, then run ca --bootstrap.", e);
        }
    }

    private static void fail(String sentence) {
        StartUp.refuse("ca", sentence);
    }
}
