package antin.mail;

import antin.directory.Directory;
import antin.kernel.audit.AuditLog;
import antin.mail.directory.DirectoryDomains;
import antin.mail.directory.DirectoryResources;
import antin.mail.directory.DirectoryUsers;
import antin.mail.login.MailLogins;
import antin.mail.queue.LetterQueues;
import antin.mail.session.OpenSessions;
import antin.mail.sieve.SieveLanguage;
import antin.mail.sieve.SieveScripts;
import antin.mail.store.MailDatabase;
import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.TypeLiteral;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javax.inject.Singleton;
import javax.persistence.EntityManagerFactory;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.dnsservice.api.DNSService;
import org.apache.james.dnsservice.dnsjava.DNSJavaService;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.mailetcontainer.AutomaticallySentMailDetectorImpl;
import org.apache.james.mailetcontainer.api.LocalResources;
import org.apache.james.mailetcontainer.api.MailProcessor;
import org.apache.james.mailetcontainer.api.MailetLoader;
import org.apache.james.mailetcontainer.api.MatcherLoader;
import org.apache.james.mailetcontainer.impl.CompositeProcessorImpl;
import org.apache.james.mailetcontainer.impl.JamesMailSpooler;
import org.apache.james.mailetcontainer.impl.JamesMailetContext;
import org.apache.james.mailrepository.api.MailRepositoryStore;
import org.apache.james.mailrepository.api.Protocol;
import org.apache.james.mailrepository.jpa.JPAMailRepository;
import org.apache.james.mailrepository.jpa.JPAMailRepositoryUrlStore;
import org.apache.james.mailrepository.memory.MailRepositoryStoreConfiguration;
import org.apache.james.mailrepository.memory.MemoryMailRepositoryStore;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.pop3server.mailbox.DefaultMailboxAdapterFactory;
import org.apache.james.pop3server.mailbox.MailboxAdapterFactory;
import org.apache.james.protocols.lib.handler.ProtocolHandlerLoader;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.server.core.configuration.FileConfigurationProvider;
import org.apache.james.user.api.UsersRepository;
import org.apache.mailet.MailetContext;
import org.apache.mailet.base.AutomaticallySentMailDetector;

/** James's mailet container and what its parts ask for. The store is a module of its own. */
final class JamesModule extends AbstractModule {

    private final MailSettings settings;
    private final Directory directory;
    private final MailLogins logins;
    private final OpenSessions sessions;
    private final MailDatabase database;
    private final LetterQueues queues;
    private final AuditLog audit;
    private final MeterRegistry meters;

    JamesModule(MailSettings settings, Directory directory, MailLogins logins, OpenSessions sessions, MailDatabase database, LetterQueues queues,
            AuditLog audit, MeterRegistry meters) {
        this.settings = settings;
        this.directory = directory;
        this.logins = logins;
        this.sessions = sessions;
        this.database = database;
        this.queues = queues;
        this.audit = audit;
        this.meters = meters;
    }

    @Override
    protected void configure() {
        bind(Clock.class).toInstance(Clock.systemUTC());
        bind(Directory.class).toInstance(directory);
        bind(MailLogins.class).toInstance(logins);
        bind(SieveScripts.class).toInstance(new SieveScripts(database.connections()));
        bind(SieveLanguage.class).toInstance(new SieveLanguage());
        bind(OpenSessions.class).toInstance(sessions);
        bind(AuditLog.class).toInstance(audit);
        bind(MeterRegistry.class).toInstance(meters);
        bind(EntityManagerFactory.class).toInstance(database.entities());
        bind(new TypeLiteral<MailQueueFactory<?>>() { }).toInstance(queues);
        JamesMeters jamesMeters = new JamesMeters(meters);
        bind(MetricFactory.class).toInstance(jamesMeters);
        bind(GaugeRegistry.class).toInstance(jamesMeters);
        bind(UsersRepository.class).toInstance(new DirectoryUsers(directory));
        bind(DomainList.class).toInstance(new DirectoryDomains(directory, settings.mailDomain()));
        bind(LocalResources.class).toInstance(new DirectoryResources(directory));
        bind(JamesParts.class).in(Singleton.class);
        bind(ProtocolHandlerLoader.class).to(JamesParts.class);
        bind(MailetLoader.class).to(JamesParts.class);
        bind(MatcherLoader.class).to(JamesParts.class);
        bind(DNSJavaService.class).in(Singleton.class);
        bind(DNSService.class).to(DNSJavaService.class);
        bind(JamesMailetContext.class).in(Singleton.class);
        bind(MailetContext.class).to(JamesMailetContext.class);
        bind(CompositeProcessorImpl.class).in(Singleton.class);
        bind(MailProcessor.class).to(CompositeProcessorImpl.class);
        bind(JamesMailSpooler.class).in(Singleton.class);
        bind(AutomaticallySentMailDetector.class).toInstance(new AutomaticallySentMailDetectorImpl());
        bind(MailboxAdapterFactory.class).to(DefaultMailboxAdapterFactory.class);
    }

    /** Letters that failed for good, kept in the database. */
    @Provides
    @Singleton
    MailRepositoryStore repositories(EntityManagerFactory entities) throws Exception {
        MailRepositoryStoreConfiguration configuration = MailRepositoryStoreConfiguration.forItems(new MailRepositoryStoreConfiguration.Item(
            List.of(new Protocol("jpa")), JPAMailRepository.class.getName(), new BaseHierarchicalConfiguration()));
        MemoryMailRepositoryStore store = new MemoryMailRepositoryStore(new JPAMailRepositoryUrlStore(entities),
            (name, url) -> new JPAMailRepository(entities), configuration);
        store.init();
        return store;
    }

    /** The way of a letter, shipped inside the jar. */
    static HierarchicalConfiguration<ImmutableNode> letterWay() {
        try (InputStream xml = Objects.requireNonNull(JamesModule.class.getResourceAsStream("letter-way.xml"))) {
            return FileConfigurationProvider.getConfig(xml);
        } catch (IOException | ConfigurationException e) {
            throw new IllegalStateException("The jar is broken.", e);
        }
    }
}
