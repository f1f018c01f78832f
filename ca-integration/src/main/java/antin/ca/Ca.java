package antin.ca;

import antin.ca.CaSettings.DatabaseSettings;
import antin.ca.bootstrap.Bootstrap;
import antin.ca.bootstrap.IssuedFolder;
import antin.ca.embedded.EmbeddedCertificateAuthority;
import antin.ca.ledger.LedgerDatabase;
import antin.ca.remote.CaEndpoints;
import antin.kernel.ManagementServer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.InternalIdentity;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running {@code ca}: the list of its parts, in the order in which they start; they stop in the reverse one. */
final class Ca implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ca.class);
    private static final String PROCESS = "ca";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Ca() {
    }

    static Ca start(CaSettings settings, Clock clock) throws IOException, GeneralSecurityException {
        Ca ca = new Ca();
        try {
            ca.assemble(settings, clock);
            return ca;
        } catch (BindException e) {
            ca.close();
            throw new Problem(Kind.MISCONFIGURED, "One of the ports " + settings.internalPort() + " or " + settings.managementPort() + " on "
                + settings.listen() + " is taken. Stop what listens there or change the configuration.", e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            ca.close();
            throw e;
        }
    }

    private void assemble(CaSettings settings, Clock clock) throws IOException, GeneralSecurityException {
        InternalIdentity identity = InternalIdentity.read(settings.internal(), Bootstrap.CA_PROCESS_FILE);
        AuditLog audit = add(AuditLog.open(settings.auditFolder(), PROCESS, clock));
        DatabaseSettings where = settings.database();
        LedgerDatabase database = add(LedgerDatabase.open(where.url(), where.user(), SecretFile.text(where.passwordFile())));
        add(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity, clock).start());
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        parts.push(metrics::close);
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new UptimeMetrics()).forEach(binder -> binder.bindTo(metrics));
        EmbeddedCertificateAuthority authority = add(EmbeddedCertificateAuthority.start(database, settings.authorities(),
            new IssuedFolder(settings.issuedFolder()), audit, metrics, clock));
        add(InternalListener.start(new InetSocketAddress(settings.listen(), settings.internalPort()), identity, CaEndpoints.of(authority, authority)));
        add(new ManagementServer(settings.managementPort(), Map.of("database", database::isAvailable), metrics::scrape));
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.warn("A part did not stop cleanly", e);
            }
        }
    }

    private <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }
}
