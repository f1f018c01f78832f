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
import antin.kernel.internal.PeerClient;
import antin.kernel.process.Parts;
import antin.kernel.process.Ports;
import antin.kernel.process.StartUp;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.mail.login.BackboneLogins;
import antin.mail.login.MailLogins;
import antin.mail.login.RememberedLogins;
import antin.mail.session.EndedLogins;
import antin.mail.session.EndedRecently;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code antin.mail.MailMain STATE/conf/mail-server.properties}: reads, opens and starts, in this order, until SIGTERM. */
public final class MailMain {

    private static final Logger LOG = LoggerFactory.getLogger(MailMain.class);
    private static final String PROCESS = "mail-server";

    private MailMain() {
    }

    public static void main(String[] arguments) {
        long begun = System.nanoTime();
        StartUp.run(PROCESS, arguments, file -> {
            start(file).closeAtExit();
            LOG.info("Ready after {} ms", (System.nanoTime() - begun) / 1_000_000);
        });
    }

    private static Parts start(Settings configuration) throws IOException {
        // Step 1: the configuration, whole and strict
        MailSettings settings = MailSettings.read(configuration);
        LdapSettings ldap = LdapSettings.read(configuration);
        TimeStamps stamps = HttpTimeStamps.read(configuration);
        configuration.refuseUnknownKeys();
        prepareWorkFolder(settings.workFolder());
        return Parts.start(Ports.of("127.0.0.1", settings.managementPort()), parts -> assemble(parts, settings, ldap, stamps));
    }

    private static void assemble(Parts parts, MailSettings settings, LdapSettings ldap, TimeStamps stamps) throws IOException {
        // Step 2: what others must not miss: the audit log
        InternalIdentity identity = InternalIdentity.read(settings.internalFolder(), PROCESS);
        AuditLog audit = parts.add(auditLog(settings));
        parts.add(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity, stamps, Clock.systemUTC()).start());
        // Step 3: the peers
        Directory directory = parts.add(LdapDirectory.connect(ldap, identity));
        EndedRecently ended = new EndedRecently();
        MailLogins logins = new RememberedLogins(parts.add(new BackboneLogins(settings.loginUrl(), identity)), ended, audit, Clock.systemUTC());
        // Step 4: James
        PrometheusMeterRegistry meters = meters();
        MailServer server = parts.add(MailServer.start(settings, directory, logins, ended, audit, meters));
        parts.add(new EndedLogins(new PeerClient(settings.loginUrl(), identity, new PeerName("antin:backbone")), server.sessions(), ended).start());
        // Step 5: what the operator sees
        parts.add(new ManagementServer(settings.managementPort(), server.parts(), meters::scrape));
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
}
