package antin.backbone;

import antin.backbone.certificates.Revocations;
import antin.backbone.certificates.SampleCertificates;
import antin.backbone.certificates.SampleKeys;
import antin.backbone.status.StatusFeed;
import antin.backbone.status.StatusKeys;
import antin.backbone.status.StatusListener;
import antin.backbone.status.StatusRequests;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.ca.status.OcspResponder;
import antin.ca.status.OwnTimeStamps;
import antin.ca.status.TimeStampingAuthority;
import antin.directory.Directory;
import antin.directory.ldap.LdapDirectory;
import antin.kernel.ManagementServer;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.tls.InternalIdentity;
import antin.otp.login.LogInToMail;
import antin.otp.oidc.OidcSettings;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.support.DefaultLifecycleProcessor;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of parts, in the order in which they start; they stop in the reverse one. */
final class Backbone implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Backbone.class);
    private static final String PROCESS = "backbone";
    private static final long STOP_MS = 5_000;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private Backbone() {
    }

    static Backbone start(BackboneSettings settings, Clock clock) {
        Backbone backbone = new Backbone();
        try {
            backbone.assemble(settings, clock);
            return backbone;
        } catch (IOException | RuntimeException e) {
            backbone.close();
            throw explain(e, settings);
        }
    }

    private void assemble(BackboneSettings settings, Clock clock) throws IOException {
        InternalIdentity identity = InternalIdentity.read(settings.internalFolder(), PROCESS);
        Vault vault = Vault.open(settings.secretKeyFile());
        BackboneDatabase database = add(BackboneDatabase.open(settings.database()));
        Directory directory = add(LdapDirectory.connect(settings.directory(), identity));
        AuditLog audit = add(AuditLog.open(settings.auditFolder(), PROCESS, clock));
        StatusKeys keys = StatusKeys.read(settings.status().keysFolder(), settings.status().keysPasswordFile());
        TimeStampingAuthority tsa = new TimeStampingAuthority(keys.tsa(), audit, clock, new SecureRandom());
        add(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity, new OwnTimeStamps(tsa, PROCESS), clock).start());
        if (settings.sample()) {
            new SampleSecrets(settings.home().resolve("sample"), JdbcClient.create(database), database, vault, clock).make();
        }
        PrometheusMeterRegistry metrics = Metrics.registry();
        parts.push(metrics::close);

        RemoteCertificateAuthority ca = add(new RemoteCertificateAuthority(settings.status().ca(), identity));
        StatusFeed statuses = add(new StatusFeed(ca, database, clock).start());
        add(StatusListener.start(new InetSocketAddress(settings.listen(), settings.status().port()), new StatusRequests(
            new OcspResponder(keys.responders(), statuses, clock), tsa, keys.authorities(), statuses::crl), metrics));

        AnnotationConfigServletWebServerApplicationContext pages = add(new AnnotationConfigServletWebServerApplicationContext());
        TomcatServletWebServerFactory listener = HttpsListener.factory(settings);
        pages.registerBean(TomcatServletWebServerFactory.class, () -> listener);
        pages.registerBean(DataSource.class, () -> database, definition -> definition.setDestroyMethodName(""));
        pages.registerBean(Directory.class, () -> directory, definition -> definition.setDestroyMethodName(""));
        pages.registerBean(AuditLog.class, () -> audit, definition -> definition.setDestroyMethodName(""));
        pages.registerBean(MeterRegistry.class, () -> metrics, definition -> definition.setDestroyMethodName(""));
        pages.registerBean(Vault.class, () -> vault);
        pages.registerBean(Clock.class, () -> clock);
        pages.registerBean(OidcSettings.class, settings::oidc);
        pages.registerBean("lifecycleProcessor", DefaultLifecycleProcessor.class, Backbone::stopSoon);
        pages.register(BackbonePages.class);
        pages.refresh();

        Map<String, BooleanSupplier> ready = new TreeMap<>(Map.of("database", database::isAvailable, "directory", directory::isAvailable,
            "statuses", statuses::isLoaded));
        List<InternalListener.Endpoint> endpoints = new ArrayList<>(List.of(new MailLogins(pages.getBean(LogInToMail.class)), new Revocations(ca, audit)));
        if (settings.sample()) {
            endpoints.add(new SampleCertificates(ca, directory));
            ready.put("sample-keys", add(new SampleKeys(settings.home().resolve("sample"), directory, ca).start())::isComplete);
        }
        add(InternalListener.start(new InetSocketAddress(settings.listen(), settings.internalPort()), identity, endpoints));
        add(new Sweeper(pages.getBean(JdbcClient.class), pages.getBean(Throttle.class), clock).start());
        add(new ManagementServer(settings.managementPort(), ready, metrics::scrape));
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

    private static DefaultLifecycleProcessor stopSoon() {
        DefaultLifecycleProcessor processor = new DefaultLifecycleProcessor();
        processor.setTimeoutPerShutdownPhase(STOP_MS);
        return processor;
    }

    private static RuntimeException explain(Exception failure, BackboneSettings settings) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Problem problem) {
                return problem;
            }
            if (cause instanceof PortInUseException || cause instanceof BindException) {
                String ports = settings.port() + ", " + settings.status().port() + ", " + settings.internalPort() + " or " + settings.managementPort();
                return new Problem(Kind.MISCONFIGURED, "One of the ports " + ports + " on " + settings.listen()
                    + " is taken. Stop what listens there or change the configuration.", failure);
            }
        }
        return failure instanceof RuntimeException unexpected ? unexpected : new IllegalStateException(failure);
    }
}
