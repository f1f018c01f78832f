package antin.mail;

import antin.directory.Directory;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.SecretFile;
import antin.kernel.audit.AuditLog;
import antin.kernel.process.Parts;
import antin.mail.listener.Listeners;
import antin.mail.listener.ServerTls;
import antin.mail.login.Attempts;
import antin.mail.login.MailLogins;
import antin.mail.queue.LetterQueues;
import antin.mail.session.AccountWatch;
import antin.mail.session.EndedRecently;
import antin.mail.session.OpenSessions;
import antin.mail.store.MailDatabase;
import antin.mail.store.MailboxStore;
import antin.mail.token.IssuerKeys;
import antin.mail.token.TokenLogins;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Stage;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.mailetcontainer.impl.JamesMailetContext;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.jspecify.annotations.Nullable;

/** A running mail server: what it is made of is the list in {@link #start}. Closing stops it in reverse order. */
public final class MailServer implements AutoCloseable {

    private static final int LETTERS_AT_ONCE = 4;

    private final Parts running = new Parts();
    private final Map<String, BooleanSupplier> parts = new TreeMap<>();

    private @Nullable OpenSessions sessions;

    private MailServer() {
    }

    /** Starts all parts; when one of them fails, those that run are stopped and the problem is thrown. */
    public static MailServer start(MailSettings settings, Directory directory, MailLogins backbone, EndedRecently ended, AuditLog audit, MeterRegistry meters) {
        MailServer server = new MailServer();
        try {
            server.run(settings, directory, backbone, ended, audit, meters);
            return server;
        } catch (Problem e) {
            server.close();
            throw e;
        } catch (Exception e) {
            server.close();
            throw new Problem(Kind.INTERNAL, "The mail server does not start.", e);
        }
    }

    /** What must answer for letters to be received. The login is not among them: letters arrive while it is away. */
    public Map<String, BooleanSupplier> parts() {
        return Map.copyOf(parts);
    }

    /** The connections on which somebody is logged in. */
    public OpenSessions sessions() {
        return Objects.requireNonNull(sessions);
    }

    @Override
    public void close() {
        running.close();
    }

    private void run(MailSettings settings, Directory directory, MailLogins backbone, EndedRecently ended, AuditLog audit, MeterRegistry meters) throws Exception {
        ServerTls tls = ServerTls.read(settings.tlsKeyFile(), settings.tlsChainFile());
        MailDatabase database = running.add(MailDatabase.open(settings.database().url(), settings.database().user(),
            SecretFile.text(settings.database().passwordFile())));
        LetterQueues queues = running.add(new LetterQueues(database.connections()));
        OpenSessions open = new OpenSessions(ended, Clock.systemUTC(), meters);
        sessions = open;
        running.add(new AccountWatch(directory, open).start());
        Optional<TokenLogins> tokens = settings.tokens().map(issuer -> tokens(issuer, directory, ended, audit));
        MailLogins logins = new Attempts(backbone, tokens, meters);
        Injector james = Guice.createInjector(Stage.DEVELOPMENT, new MailboxStore(),
            new JamesModule(settings, directory, logins, open, database, queues, audit, meters));
        process(settings, james);
        Listeners listeners = running.add(james.getInstance(Listeners.class));
        listeners.start(settings, tls);

        Gauge.builder("antin.mail.queue", queues, LetterQueues::size).description("Letters that wait for delivery").register(meters);
        Gauge.builder("antin.mail.login.available", logins, l -> l.isAvailable() ? 1 : 0).description("Whether backbone answers logins").register(meters);
        parts.put("database", database::isAvailable);
        parts.put("directory", directory::isAvailable);
        parts.put("listeners", listeners::areBound);
    }

    private TokenLogins tokens(MailSettings.Tokens issuer, Directory directory, EndedRecently ended, AuditLog audit) {
        IssuerKeys keys = running.add(new IssuerKeys(issuer.keys(), issuer.trustFile(), Clock.systemUTC()));
        return new TokenLogins(issuer.issuer(), keys, directory, ended, audit, Clock.systemUTC());
    }

    private void process(MailSettings settings, Injector james) throws Exception {
        DNSJavaService dns = james.getInstance(DNSJavaService.class);
        dns.configure(new BaseHierarchicalConfiguration());
        dns.init();
        JamesMailetContext context = james.getInstance(JamesMailetContext.class);
        BaseHierarchicalConfiguration postmaster = new BaseHierarchicalConfiguration();
        postmaster.addProperty("postmaster", "postmaster@" + settings.mailDomain());
        context.configure(postmaster);
        CompositeProcessorImpl way = james.getInstance(CompositeProcessorImpl.class);
        way.configure(JamesModule.letterWay().configurationAt("processors"));
        way.init();
        JamesMailSpooler spooler = james.getInstance(JamesMailSpooler.class);
        spooler.configure(new JamesMailSpooler.Configuration(LETTERS_AT_ONCE, MailRepositoryUrl.from("jpa://error/")));
        spooler.init();
        running.add(spooler::dispose);
    }
}
