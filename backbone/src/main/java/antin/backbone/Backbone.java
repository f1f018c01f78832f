package antin.backbone;

import antin.backbone.approval.ApprovalConsumption;
import antin.backbone.approval.Approvals;
import antin.backbone.approval.HandledBy;
import antin.backbone.certificates.CertificateProfiles;
import antin.backbone.certificates.EjbcaLogins;
import antin.backbone.certificates.Holds;
import antin.backbone.certificates.LoginCertificates;
import antin.backbone.certificates.Revocations;
import antin.backbone.certificates.SampleCertificates;
import antin.backbone.certificates.SampleKeys;
import antin.backbone.ejbca.Ejbca;
import antin.backbone.enrolment.Enrol;
import antin.backbone.enrolment.EnrolledRows;
import antin.backbone.enrolment.EnrolmentUpkeep;
import antin.backbone.enrolment.HostRules;
import antin.backbone.enrolment.LedgerCopies;
import antin.backbone.enrolment.RemoteKeyCertificates;
import antin.backbone.enrolment.SetAside;
import antin.backbone.enrolment.TakeBack;
import antin.backbone.external.OutsideOwnership;
import antin.backbone.external.OutsideUpkeep;
import antin.backbone.operator.DirectoryImports;
import antin.backbone.operator.ImportProgress;
import antin.backbone.status.StatusFeed;
import antin.backbone.status.StatusKeys;
import antin.backbone.status.StatusOverview;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateHold;
import antin.ca.CertificateStatus;
import antin.ca.cms.SignedContent;
import antin.ca.ejbca.EjbcaJournal;
import antin.ca.external.OutsideRequests;
import antin.ca.external.Registrations;
import antin.ca.recovery.KeyRecovery;
import antin.ca.remote.RemoteCertificateAuthority;
import antin.ca.remote.RemoteKeyRecovery;
import antin.kernel.ManagementServer;
import antin.kernel.internal.InternalListener;
import antin.kernel.audit.AuditLog;
import antin.kernel.process.Parts;
import antin.kernel.process.Ports;
import antin.kernel.tls.InternalIdentity;
import antin.otp.OtpConfiguration;
import antin.otp.apppassword.AddressBookServer;
import antin.otp.apppassword.AddressBookSweep;
import antin.otp.apppassword.AppPasswordUse;
import antin.otp.apppassword.EndedLogins;
import antin.otp.apppassword.ExpiryReminders;
import antin.otp.login.CertificateOwners;
import antin.otp.login.ActivePeople;
import antin.otp.login.LogInToMail;
import antin.otp.login.TokenPort;
import antin.otp.sentcode.SentCodeSettings;
import antin.otp.sentcode.SentCodes;
import antin.otp.mailclient.MailServerAddress;
import antin.otp.mailclient.ProfileSignature;
import antin.otp.notice.LmtpPost;
import antin.otp.notice.Outbox;
import antin.otp.notice.Postman;
import antin.otp.oidc.ClientCertificates;
import antin.otp.oidc.OidcSettings;
import antin.otp.outside.OutsideSettings;
import antin.otp.policy.LoginPolicy;
import antin.otp.throttle.PasswordBudget;
import antin.otp.throttle.Throttle;
import antin.otp.vault.Rotation;
import antin.otp.vault.Vault;
import antin.server.Database;
import antin.server.Meters;
import antin.server.WebContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The list of parts, in the order in which they start; they stop in the reverse one. */
final class Backbone {

    private static final String PROCESS = "backbone";
    private static final String[] MIGRATIONS = {OtpConfiguration.MIGRATIONS, "classpath:antin/backbone/migrations", EjbcaJournal.MIGRATIONS, Registrations.MIGRATIONS};

    private Backbone() {
    }

    static Parts start(BackboneSettings settings, Clock clock) throws IOException {
        Ports ports = settings.tokenPort().isOpen()
            ? Ports.of(settings.listen(), settings.https().port(), settings.tokenPort().number(), settings.status().port(), settings.internalPort(), settings.managementPort())
            : Ports.of(settings.listen(), settings.https().port(), settings.status().port(), settings.internalPort(), settings.managementPort());
        return Parts.start(ports, parts -> begin(parts, settings, clock));
    }

    /** First what answers about certificates, which needs files only; then all else, which needs the database. */
    private static void begin(Parts parts, BackboneSettings settings, Clock clock) throws IOException {
        InternalIdentity identity = InternalIdentity.read(settings.internalFolder(), PROCESS);
        Vault vault = Vault.open(settings.secretKeyFile());
        AuditLog audit = parts.add(AuditLog.open(settings.auditFolder(), PROCESS, clock));
        PrometheusMeterRegistry metrics = Meters.registry();
        parts.add(metrics::close);
        StatusParts status = StatusParts.start(parts, settings, identity, audit, metrics, clock);
        Map<String, BooleanSupplier> ready = new ConcurrentSkipListMap<>(Map.of("statuses", status.statuses()::isLoaded, "database", () -> false, "pages", () -> false));
        parts.add(new ManagementServer(settings.managementPort(), ready, metrics::scrape));
        LateParts late = parts.add(new LateParts((some, freePort) -> assemble(some, settings, identity, vault, audit, metrics, status, ready, freePort, clock), settings.https()));
        ready.put("pages", late::isComplete);
        late.start();
    }

    private static void assemble(Parts parts, BackboneSettings settings, InternalIdentity identity, Vault vault, AuditLog audit, PrometheusMeterRegistry metrics, StatusParts status,
        Map<String, BooleanSupplier> ready, Runnable freePort, Clock clock) throws IOException {
        StatusKeys keys = status.keys();
        StatusFeed statuses = status.statuses();
        RemoteCertificateAuthority ca = status.ca();
        Database database = parts.add(Database.open(PROCESS, settings.database(), MIGRATIONS));
        ready.put("database", database::isAvailable);
        statuses.copyTo(database);
        DirectoryParts directory = DirectoryParts.start(parts, settings, identity, audit, clock);
        new BuiltInClients(database).make();
        Runnable openSamples = () -> { };
        if (settings.sample()) {
            SampleSecrets samples = new SampleSecrets(settings.home().resolve("sample"), JdbcClient.create(database), database, vault, directory.directory(), clock);
            samples.make();
            openSamples = samples::openAddressBooks;
        }

        Optional<Ejbca> ejbca = settings.ejbca().map(server -> Ejbca.start(parts, server, ca, database, audit, metrics, clock));
        CertificateAuthority authority = ejbca.map(Ejbca::authority).orElse(ca); // the sample's keys are always ours
        CertificateHold holds = authority instanceof CertificateHold both ? both : ca;
        Consumer<CertificateStatus> learn = ejbca.map(both -> both.learning(statuses::learn)).orElse(statuses::learn);

        List<X509Certificate> loginAuthorities = Stream.concat(keys.responders().values().stream().map(key -> key.get().issuer()),
            ejbca.stream().flatMap(both -> both.authorities().stream())).toList();
        WebContext pages = parts.add(new WebContext(PagesListener.factory(settings.https(), settings.tokenPort(), loginAuthorities)));
        pages.lend(DataSource.class, database);
        directory.lendTo(pages);
        pages.lend(AddressBookServer.class, new AddressBookServer(settings.addressBookUrl()));
        pages.lend(MailServerAddress.class, settings.mail());
        // Phones know the authority of the public port, or people could not open the page that the profile is on
        pages.lend(ProfileSignature.class, profile -> SignedContent.of(profile, settings.https().keyFile(), settings.https().chainFile()));
        pages.lend(AuditLog.class, audit);
        pages.lend(MeterRegistry.class, metrics);
        pages.lend(LoginPolicy.class, LoginPolicy.read(settings.home().resolve("conf/login.properties")));
        pages.lend(Vault.class, vault);
        pages.lend(Clock.class, clock);
        pages.lend(OidcSettings.class, settings.oidc());
        pages.lend(TokenPort.class, settings.tokenPort());
        pages.lend(SentCodeSettings.class, settings.sentCodes());
        LoginCertificates certificates = new LoginCertificates(keys.issuers(), statuses, new CertificateProfiles(database, Optional.of(ca)), clock);
        Optional<EjbcaLogins> others = ejbca.map(both -> new EjbcaLogins(both, new CertificateProfiles(database, Optional.empty()), clock));
        // each by itself, so that a bean is of one of the two types
        pages.lend(CertificateOwners.class, shown -> certificates.number(shown).or(() -> others.flatMap(both -> both.number(shown))));
        pages.lend(ClientCertificates.class, shown -> certificates.isGood(shown) || others.filter(both -> both.isGood(shown)).isPresent());
        settings.outside().ifPresent(outside -> pages.lend(OutsideSettings.class, outside));
        pages.lend(CertificateAuthority.class, authority);
        pages.lend(Registrations.class, parts.add(new Registrations(settings.outsideAuthorities(), database, audit, clock)));
        pages.lend(OutsideRequests.class, new OutsideRequests(database, audit, clock));
        pages.lend(KeyRecovery.class, parts.add(new RemoteKeyRecovery(settings.status().ca(), identity)));
        pages.lend(SetAside.Door.class, new SetAside.Door(holds));
        pages.lend(HostRules.class, settings.hosts());
        pages.lend(LedgerCopies.class, new LedgerCopies(JdbcClient.create(database), new EnrolledRows(JdbcClient.create(database), clock), ca, keys.above()));
        pages.lend(TakeBack.Learning.class, learn::accept);
        pages.lend(StatusOverview.class, new StatusOverview(keys.responders().keySet(), statuses, status.recent(), status.watch()));
        pages.register(BackbonePages.class);
        freePort.run();
        pages.refresh();

        ready.put("directory", directory.directory()::isAvailable);
        ready.put("directory-index", directory.index()::isLoaded);
        List<InternalListener.Endpoint> endpoints = new ArrayList<>(List.of(new MailLogins(pages.getBean(LogInToMail.class)), new EndedMailLogins(pages.getBean(EndedLogins.class)),
            new ApprovalConsumption(pages.getBean(Approvals.class)), new UnitLeaders(directory.directory().register(), clock), new OutsideOwnership(pages.getBean(Registrations.class), clock),
            new RemoteKeyCertificates(pages.getBean(Enrol.class), pages.getBean(ActivePeople.class)), new Revocations(authority, learn, audit), new Holds(holds, learn, audit),
            new DirectoryImports(directory.imports()), new ImportProgress(directory.imports())));
        AddressBookUpkeep upkeep = parts.add(new AddressBookUpkeep(pages.getBean(AddressBookSweep.class), openSamples).start());
        if (settings.sample()) {
            ready.put("sample-address-books", upkeep::isComplete);
            endpoints.add(new SampleCertificates(ca, directory.directory()));
            ready.put("sample-keys", parts.add(new SampleKeys(settings.home().resolve("sample"), directory.directory(), directory.directory().register(), ca).start())::isComplete);
        }
        parts.add(InternalListener.start(new InetSocketAddress(settings.listen(), settings.internalPort()), identity, endpoints));
        parts.add(new Sweeper(pages.getBean(JdbcClient.class), pages.getBean(Throttle.class), pages.getBean(PasswordBudget.class), pages.getBean(SentCodes.class), clock).start());
        parts.add(pages.getBean(EnrolmentUpkeep.class).start());
        parts.add(pages.getBean(OutsideUpkeep.class).start());
        parts.add(upkeep(pages, settings, directory, clock).start());
    }

    private static LoginUpkeep upkeep(WebContext pages, BackboneSettings settings, DirectoryParts directory, Clock clock) {
        Postman postman = new Postman(pages.getBean(Outbox.class), directory.directory(), new LmtpPost(InetSocketAddress.createUnresolved("127.0.0.1", settings.lmtpPort())),
            "postmaster@" + settings.directory().mailDomain(), clock);
        Runnable letters = settings.lmtpPort() > 0 ? postman::work : () -> { }; // they wait until somebody says where mail-server is
        return new LoginUpkeep(letters, pages.getBean(ExpiryReminders.class), pages.getBean(AppPasswordUse.class), pages.getBean(EndedLogins.class), pages.getBean(Rotation.class),
            pages.getBean(HandledBy.class));
    }
}
