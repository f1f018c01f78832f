package antin.mail.store;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.name.Names;
import java.time.Clock;
import javax.inject.Singleton;
import javax.persistence.EntityManagerFactory;
import org.apache.james.events.EventBus;
import org.apache.james.events.EventDeadLetters;
import org.apache.james.events.InVMEventBus;
import org.apache.james.events.MemoryEventDeadLetters;
import org.apache.james.events.RetryBackoffConfiguration;
import org.apache.james.events.delivery.InVmEventDelivery;
import org.apache.james.mailbox.Authorizator;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.SubscriptionManager;
import org.apache.james.mailbox.acl.UnionMailboxACLResolver;
import org.apache.james.mailbox.jpa.JPAAttachmentContentLoader;
import org.apache.james.mailbox.jpa.JPAMailboxSessionMapperFactory;
import org.apache.james.mailbox.jpa.mail.JPAModSeqProvider;
import org.apache.james.mailbox.jpa.mail.JPAUidProvider;
import org.apache.james.mailbox.jpa.openjpa.OpenJPAMailboxManager;
import org.apache.james.mailbox.jpa.quota.JPAPerUserMaxQuotaDAO;
import org.apache.james.mailbox.jpa.quota.JPAPerUserMaxQuotaManager;
import org.apache.james.mailbox.jpa.quota.JpaCurrentQuotaManager;
import org.apache.james.mailbox.quota.QuotaManager;
import org.apache.james.mailbox.quota.QuotaRootResolver;
import org.apache.james.mailbox.store.SessionProviderImpl;
import org.apache.james.mailbox.store.StoreMailboxAnnotationManager;
import org.apache.james.mailbox.store.StoreRightManager;
import org.apache.james.mailbox.store.StoreSubscriptionManager;
import org.apache.james.mailbox.store.event.MailboxAnnotationListener;
import org.apache.james.mailbox.store.extractor.DefaultTextExtractor;
import org.apache.james.mailbox.store.mail.NaiveThreadIdGuessingAlgorithm;
import org.apache.james.mailbox.store.mail.model.DefaultMessageId;
import org.apache.james.mailbox.store.mail.model.impl.MessageParser;
import org.apache.james.mailbox.store.quota.DefaultUserQuotaRootResolver;
import org.apache.james.mailbox.store.quota.ListeningCurrentQuotaUpdater;
import org.apache.james.mailbox.store.quota.QuotaComponents;
import org.apache.james.mailbox.store.quota.StoreQuotaManager;
import org.apache.james.mailbox.store.search.SimpleMessageSearchIndex;
import org.apache.james.metrics.api.MetricFactory;

/** Puts James's mailbox together on JPA. Passwords are no matter of the store: its sessions are made for people who logged in elsewhere. */
public final class MailboxStore extends AbstractModule {

    @Override
    protected void configure() {
        bind(MailboxManager.class).annotatedWith(Names.named("mailboxmanager")).to(MailboxManager.class);
    }

    @Provides
    @Singleton
    JPAMailboxSessionMapperFactory mappers(EntityManagerFactory entities) {
        return new JPAMailboxSessionMapperFactory(entities, new JPAUidProvider(entities), new JPAModSeqProvider(entities));
    }

    @Provides
    @Singleton
    EventBus events(MetricFactory metrics) {
        EventDeadLetters dead = new MemoryEventDeadLetters();
        return new InVMEventBus(new InVmEventDelivery(metrics), RetryBackoffConfiguration.DEFAULT, dead);
    }

    @Provides
    @Singleton
    SessionProvider sessions() {
        return new SessionProviderImpl((name, password) -> false, (person, other) -> Authorizator.AuthorizationState.FORBIDDEN);
    }

    @Provides
    @Singleton
    QuotaRootResolver quotaRoots(SessionProvider sessions, JPAMailboxSessionMapperFactory mappers) {
        return new DefaultUserQuotaRootResolver(sessions, mappers);
    }

    @Provides
    @Singleton
    QuotaComponents quotas(EntityManagerFactory entities, QuotaRootResolver roots) {
        JPAPerUserMaxQuotaManager limits = new JPAPerUserMaxQuotaManager(entities, new JPAPerUserMaxQuotaDAO(entities));
        return new QuotaComponents(limits, new StoreQuotaManager(new JpaCurrentQuotaManager(entities), limits), roots);
    }

    @Provides
    QuotaManager quotaManager(QuotaComponents quotas) {
        return quotas.getQuotaManager();
    }

    @Provides
    @Singleton
    MailboxManager mailboxes(EntityManagerFactory entities, JPAMailboxSessionMapperFactory mappers, SessionProvider sessions, EventBus events,
            QuotaComponents quotas, Clock clock) {
        StoreRightManager rights = new StoreRightManager(mappers, new UnionMailboxACLResolver(), events);
        // Search reads the database: no second store that could disagree. A full-text index comes with the store that replaces JPA.
        SimpleMessageSearchIndex search = new SimpleMessageSearchIndex(mappers, mappers, new DefaultTextExtractor(), new JPAAttachmentContentLoader());
        OpenJPAMailboxManager mailboxes = new OpenJPAMailboxManager(mappers, sessions, new MessageParser(), new DefaultMessageId.Factory(), events,
            new StoreMailboxAnnotationManager(mappers, rights), rights, quotas, search, new NaiveThreadIdGuessingAlgorithm(), clock);
        JpaCurrentQuotaManager used = new JpaCurrentQuotaManager(entities);
        events.register(new ListeningCurrentQuotaUpdater(used, quotas.getQuotaRootResolver(), events, quotas.getQuotaManager()));
        events.register(new MailboxAnnotationListener(mappers, sessions));
        return mailboxes;
    }

    @Provides
    @Singleton
    SubscriptionManager subscriptions(JPAMailboxSessionMapperFactory mappers, EventBus events) {
        return new StoreSubscriptionManager(mappers, mappers, events);
    }
}
