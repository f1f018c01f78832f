package antin.mail;

import antin.directory.Directory;
import antin.directory.ldap.LdapDirectory;
import antin.directory.ldap.LdapSettings;
import antin.kernel.ManagementServer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.audit.HttpTimeStamps;
import antin.kernel.audit.TimeStamps;
import antin.kernel.config.Settings;
import antin.kernel.tls.InternalIdentity;
import antin.mail.login.BackboneLogins;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code antin.mail.MailMain STATE/conf/mail-server.properties}: reads, opens and starts, in this order, until SIGTERM. */
public final class MailMain implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MailMain.class);
    private static final String PROCESS = "mail-server";

    private final Deque<AutoCloseable> running = new ArrayDeque<>();

    private MailMain() {
    }

    public static void main(String[] arguments) {
        long begun = System.nanoTime();
        MailMain process = new MailMain();
        try {
            if (arguments.length != 1) {
                throw new Problem(Kind.MISCONFIGURED, "Give one argument, the configuration file STATE/conf/mail-server.properties.");
            }
            process.start(Path.of(arguments[0]));
            Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop"));
            LOG.info("Ready after {} ms", (System.nanoTime() - begun) / 1_000_000);
        } catch (Problem e) {
            LOG.error("Cannot start", e);
            System.err.println("antin: " + PROCESS + " cannot start: " + e.detail());
            process.close();
            System.exit(2);
        }
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("A part did not stop cleanly", e);
            }
        }
    }

    private void start(Path file) {
        // Step 1: the configuration, whole and strict
        Settings configuration = Settings.read(file);
        MailSettings settings = MailSettings.read(configuration);
        LdapSettings ldap = LdapSettings.read(configuration);
        TimeStamps stamps = HttpTimeStamps.read(configuration);
        configuration.refuseUnknownKeys();
        prepareWorkFolder(settings.workFolder());
        // Step 2: what others must not miss: the audit log
        InternalIdentity identity = InternalIdentity.read(settings.internalFolder(), PROCESS);
        AuditLog audit = running(auditLog(settings));
        running(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity, stamps, Clock.systemUTC()).start());
        // Step 3: the peers
        Directory directory = running(LdapDirectory.connect(ldap, identity));
        BackboneLogins logins = running(new BackboneLogins(settings.loginUrl(), identity));
        // Step 4: James
        PrometheusMeterRegistry meters = meters();
        MailServer server = running(MailServer.start(settings, directory, logins, audit, meters));
        // Step 5: what the operator sees
        try {
            running(new ManagementServer(settings.managementPort(), server.parts(), meters::scrape));
        } catch (BindException e) {
            throw new Problem(Kind.MISCONFIGURED, "The port " + settings.managementPort() + " (management-port) is taken.", e);
        } catch (IOException e) {
            throw new Problem(Kind.INTERNAL, "The management port does not open.", e);
        }
    }

    private static AuditLog auditLog(MailSettings settings) {
        try {
            return AuditLog.open(settings.auditFolder(), PROCESS, Clock.systemUTC());
        } catch (IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The audit log in " + settings.auditFolder() + " cannot be opened: is the folder writable, and the disk not full?", e);
        }
    }

    /** Long letters pass through files; what a crash left of them is removed. */
    private static void prepareWorkFolder(Path folder) {
        Path temporary = folder.resolve("tmp");
        try {
            if (Files.exists(temporary)) {
                try (Stream<Path> old = Files.walk(temporary)) {
                    for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(path);
                    }
                }
            }
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new Problem(Kind.MISCONFIGURED, "The work folder " + folder + " cannot be written: is it ours, and the disk not full?", e);
        }
        System.setProperty("java.io.tmpdir", temporary.toString());
        System.setProperty("guice_bytecode_gen_option", "DISABLED"); // Guice would use sun.misc.Unsafe, of which newer JDKs warn
        System.setProperty("io.netty.noUnsafe", "true"); // so would Netty
        System.setProperty("mail.mime.allowutf8", "true"); // JavaMail: headers may hold UTF-8 (RFC 6532), and keep it
    }

    private static PrometheusMeterRegistry meters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        return meters;
    }

    private <T extends AutoCloseable> T running(T part) {
        running.push(part);
        return part;
    }
}
