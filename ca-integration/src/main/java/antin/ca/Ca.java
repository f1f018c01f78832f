package antin.ca;

import antin.ca.CaSettings.DatabaseSettings;
import antin.ca.bootstrap.Bootstrap;
import antin.ca.bootstrap.IssueCertificate;
import antin.ca.bootstrap.IssuedFolder;
import antin.ca.embedded.EmbeddedCertificateAuthority;
import antin.ca.ledger.LedgerDatabase;
import antin.ca.ledger.RecoveryOpenings;
import antin.ca.recovery.RecoveryKey;
import antin.ca.remote.CaEndpoints;
import antin.ca.remote.RecoveryEndpoints;
import antin.kernel.ManagementServer;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.audit.HttpTimeStamps;
import antin.kernel.internal.InternalListener;
import antin.kernel.process.Parts;
import antin.kernel.process.Ports;
import antin.kernel.tls.InternalIdentity;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The running {@code ca}: the list of its parts, in the order in which they start; they stop in the reverse one. */
final class Ca {

    private static final String PROCESS = "ca";

    private Ca() {
    }

    static Parts start(CaSettings settings, Clock clock) throws Exception {
        Ports ports = Ports.of(settings.listen(), settings.internalPort(), settings.managementPort());
        return Parts.start(ports, parts -> assemble(parts, settings, clock));
    }

    private static void assemble(Parts parts, CaSettings settings, Clock clock) throws IOException, GeneralSecurityException {
        InternalIdentity identity = InternalIdentity.read(settings.internal(), Bootstrap.CA_PROCESS_FILE);
        AuditLog audit = parts.add(AuditLog.open(settings.auditFolder(), PROCESS, clock));
        DatabaseSettings where = settings.database();
        LedgerDatabase database = parts.add(LedgerDatabase.open(where.url(), where.user(), SecretFile.text(where.passwordFile())));
        parts.add(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity, new HttpTimeStamps(settings.timeStampUrl()), clock).start());
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        parts.add(metrics::close);
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new UptimeMetrics()).forEach(binder -> binder.bindTo(metrics));
        EmbeddedCertificateAuthority authority = parts.add(EmbeddedCertificateAuthority.start(database, settings.authorities(),
            new IssuedFolder(settings.issuedFolder()), audit, metrics, clock));
        IssuedFolder issued = new IssuedFolder(settings.issuedFolder());
        parts.add(new Renewal(settings, new IssueCertificate(audit, issued, clock, new SecureRandom(), () -> authority.takeOver(issued)), database::isAvailable, metrics, clock).start());
        List<InternalListener.Endpoint> endpoints = new ArrayList<>(CaEndpoints.of(authority, authority));
        endpoints.addAll(RecoveryEndpoints.of(new RecoveryKey(settings.recovery(), settings.recoveryCertificate(), new RecoveryOpenings(database), audit, clock)));
        parts.add(InternalListener.start(new InetSocketAddress(settings.listen(), settings.internalPort()), identity, endpoints));
        parts.add(new ManagementServer(settings.managementPort(), Map.of("database", database::isAvailable), metrics::scrape));
    }
}
