package antin.signing;

import antin.kernel.ManagementServer;
import antin.kernel.audit.AuditHeads;
import antin.kernel.audit.AuditLog;
import antin.kernel.audit.HttpTimeStamps;
import antin.kernel.internal.PeerClient;
import antin.kernel.key.KeyRing;
import antin.kernel.process.Parts;
import antin.kernel.process.Ports;
import antin.kernel.tls.InternalIdentity;
import antin.kernel.tls.PeerName;
import antin.kernel.tls.TlsMaterial;
import antin.server.Database;
import antin.server.Meters;
import antin.server.WebContext;
import antin.signing.api.ApiConfiguration;
import antin.signing.api.Jobs;
import antin.signing.api.Limits;
import antin.signing.cms.DecryptMail;
import antin.signing.cms.MailKeys;
import antin.signing.cms.SignMail;
import antin.signing.deferred.CertificateOwner;
import antin.signing.certificate.Certification;
import antin.signing.csc.CscConfiguration;
import antin.signing.batch.Batches;
import antin.signing.batch.SealBatches;
import antin.signing.batch.Tasks;
import antin.signing.deferred.CompleteSignature;
import antin.signing.deferred.DeferredSignatures;
import antin.signing.deferred.OutsideOwners;
import antin.signing.deferred.PrepareSignature;
import antin.signing.dss.AsicFormat;
import antin.signing.dss.CadesFormat;
import antin.signing.dss.CheckCertificate;
import antin.signing.dss.DssExtension;
import antin.signing.dss.DssTimeStamps;
import antin.signing.dss.DssValidation;
import antin.signing.dss.EtsiXml;
import antin.signing.dss.JadesFormat;
import antin.signing.dss.PadesFormat;
import antin.signing.dss.PdfPrinter;
import antin.signing.dss.Pipeline;
import antin.signing.dss.Trust;
import antin.signing.dss.XadesFormat;
import antin.signing.hook.HookEvents;
import antin.signing.hook.Hooks;
import antin.signing.owner.KeyOwners;
import antin.signing.owner.SecondPersons;
import antin.signing.owner.TakeOver;
import antin.signing.internal.CmsEndpoint;
import antin.signing.key.KeyRings;
import antin.signing.key.OpenUses;
import antin.signing.page.PageConfiguration;
import antin.signing.remote.Authorisations;
import antin.signing.remote.RemoteKeys;
import antin.signing.remote.SignDocument;
import antin.signing.remote.SignHashes;
import antin.signing.report.PrintReport;
import antin.signing.sample.SampleKeys;
import antin.signing.seal.KeyUses;
import antin.signing.seal.Leaders;
import antin.signing.seal.SealDocument;
import antin.signing.seal.SealingRules;
import antin.signing.seal.Seals;
import antin.signing.signature.Extension;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.TimeStamps;
import antin.signing.signature.Validation;
import antin.signing.token.AccessTokens;
import antin.signing.token.IssuerKeys;
import antin.signing.xml.XmlDsigFormat;
import antin.signing.xml.XmlDsigValidation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.transaction.support.TransactionTemplate;

/** The list of parts, in the order in which they start; they stop in the reverse one. */
final class SigningService {

    private static final String PROCESS = "signing-service";
    private static final String MIGRATIONS = "classpath:antin/signing/migrations";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private SigningService() {
    }

    static Parts start(SigningSettings settings, Clock clock) throws IOException {
        Ports ports = settings.mail().port().isPresent() ? Ports.of(settings.https().listen(), settings.https().port(), settings.mail().port().getAsInt(), settings.managementPort())
            : Ports.of(settings.https().listen(), settings.https().port(), settings.managementPort());
        return Parts.start(ports, parts -> assemble(parts, settings, clock));
    }

    private static void assemble(Parts parts, SigningSettings settings, Clock clock) throws IOException {
        InternalIdentity identity = InternalIdentity.read(settings.internalFolder(), PROCESS);
        WorkFolder folder = WorkFolder.open(settings.workFolder());
        Database database = parts.add(Database.open(PROCESS, settings.database(), MIGRATIONS));
        AuditLog audit = parts.add(AuditLog.open(settings.auditFolder(), PROCESS, clock));
        parts.add(new AuditHeads(audit, settings.auditFolder(), PROCESS, identity,
            new HttpTimeStamps(URI.create(settings.trust().timeStampUrls().getFirst())), clock).start());
        PrometheusMeterRegistry metrics = Meters.registry();
        parts.add(metrics::close);
        Metrics.addRegistry(metrics); // the valve that tells problems is made by Tomcat, and finds the registry there
        KeyRing keys = parts.add(KeyRings.open(settings.keyRing(), settings.sample(), metrics, clock));
        PeerClient backbone = parts.add(new PeerClient(URI.create(settings.internalUrl()), identity, new PeerName("antin:backbone")));
        Certification certification = new Certification(keys, backbone);
        SampleKeys sampleKeys = parts.add(new SampleKeys(keys, certification, settings.sampleKeys()).start());
        IssuerKeys issuerKeys = parts.add(new IssuerKeys(settings.issuer(), trusting(settings), clock).start());
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        Seals seals = new Seals(JdbcClient.create(database), transactions, clock);
        seals.closeAbandoned();
        OpenUses.close(audit, settings.auditFolder().resolve(PROCESS + ".log"), seals::digestOfDone);
        DeferredSignatures signatures = new DeferredSignatures(JdbcClient.create(database), transactions, settings.preparedAtOnce(), clock);
        signatures.releaseAbandoned();
        Authorisations authorisations = new Authorisations(JdbcClient.create(database), transactions, clock);

        Trust trust = new Trust(settings.trust(), clock);
        parts.add(trust.lists().start());
        TrustMeters.bind(trust, metrics, clock);
        DssValidation validation = new DssValidation(trust, folder);
        Pipeline pipeline = new Pipeline(trust, validation, folder);
        List<SignatureFormat> formats = List.of(new PadesFormat(pipeline), new XadesFormat(pipeline), new CadesFormat(pipeline), new JadesFormat(pipeline),
            AsicFormat.simple(pipeline), AsicFormat.extended(pipeline), new XmlDsigFormat(folder));
        CheckCertificate certificates = new CheckCertificate(trust, clock);
        Validation anyValidation = new XmlDsigValidation(validation, certificates, EtsiXml::of);
        KeyOwners owners = new KeyOwners(settings.owners(), JdbcClient.create(database), transactions, clock);
        SealingRules rules = new SealingRules(settings.keyRules(), owners, new KeyUses(JdbcClient.create(database)), new Leaders(backbone), anyValidation, clock);
        SealDocument sealDocument = new SealDocument(keys, certificates, rules, seals, audit, folder, clock);
        Jobs jobs = new Jobs(2 * Runtime.getRuntime().availableProcessors(), Jobs.usualBudget(), PATIENCE, LONGEST);
        metrics.gauge("antin.documents.under.way", jobs, Jobs::underWay);
        metrics.gauge("antin.documents.late", jobs, Jobs::late);
        HookEvents events = new HookEvents(JdbcClient.create(database), clock);
        Hooks hooks = parts.add(new Hooks(settings.hooks(), events, metrics, clock).start());
        Batches batches = new Batches(JdbcClient.create(database), transactions, seals, settings.batches(), clock);
        parts.add(new SealBatches(new Tasks(JdbcClient.create(database), transactions, events, clock), sealDocument, formats, folder, metrics, jobs::runBehind,
            settings.batches().workers()).start());
        parts.add(new Sweeper(seals::sweep, signatures::sweep, authorisations::sweep, batches::sweep, () -> events.sweep(settings.hooks())).start());

        WebContext api = parts.add(new WebContext(ApiListener.factory(settings.https(), settings.largestDocument())));
        api.lend(AuditLog.class, audit);
        api.lend(MeterRegistry.class, metrics);
        api.registerBean(JwtDecoder.class, () -> AccessTokens.decoder(issuerKeys, settings.issuer(), settings.publicUrl(), clock));
        api.lend(WorkFolder.class, folder);
        api.lend(Seals.class, seals);
        api.lend(SealDocument.class, sealDocument);
        api.lend(DeferredSignatures.class, signatures);
        PrepareSignature prepareSignature = new PrepareSignature(certificates, new CertificateOwner(certificates, new OutsideOwners(backbone)), signatures, audit, clock);
        CompleteSignature completeSignature = new CompleteSignature(formats, certificates, signatures, audit, folder);
        api.lend(PrepareSignature.class, prepareSignature);
        api.lend(CompleteSignature.class, completeSignature);
        api.lend(RemoteKeys.class, new RemoteKeys(keys, certification, JdbcClient.create(database), transactions, audit, clock));
        api.lend(Authorisations.class, authorisations);
        api.lend(SignHashes.class, new SignHashes(certificates, rules, authorisations, audit));
        api.lend(SignDocument.class, new SignDocument(prepareSignature, completeSignature, signatures, authorisations, audit));
        api.lend(CscConfiguration.Addresses.class, new CscConfiguration.Addresses(settings.issuer(), settings.publicUrl()));
        api.lend(KeyRing.class, keys);
        api.lend(Hooks.class, hooks);
        api.lend(Batches.class, batches);
        api.lend(KeyOwners.class, owners);
        api.lend(TakeOver.class, new TakeOver(keys, owners, new SecondPersons(backbone), audit));
        api.lend(Validation.class, anyValidation);
        api.lend(PrintReport.class, new PrintReport(new PdfPrinter(), sealDocument, formats.getFirst(), settings.reportKey(), folder));
        api.lend(Extension.class, new DssExtension(pipeline, validation));
        api.lend(TimeStamps.class, new DssTimeStamps(trust));
        formats.forEach(format -> api.registerBean(format.name(), SignatureFormat.class, () -> format));
        api.registerBean(Limits.class, () -> new Limits(settings.largestDocument(), jobs));
        api.register(ApiConfiguration.class);
        if (settings.validationPage()) {
            api.register(PageConfiguration.class);
        }
        api.refresh();

        if (settings.mail().port().isPresent()) {
            MailKeys mailKeys = new MailKeys(keys, settings.mail());
            parts.add(CmsEndpoint.listen(new InetSocketAddress(settings.https().listen(), settings.mail().port().getAsInt()), identity,
                new SignMail(mailKeys, certificates, audit, clock), new DecryptMail(mailKeys, audit)));
        }
        parts.add(new ManagementServer(settings.managementPort(), Map.of("database", database::isAvailable, "keys", () -> keys.isAvailable() && sampleKeys.areThere(),
            "issuer", issuerKeys::areRead, "documents", jobs::hasRoom), KeyRings.shown(keys), metrics::scrape));
        new WarmUp(keys, formats.get(0), formats.get(1), validation, folder, clock).start(sampleKeys);
    }

    private static SSLContext trusting(SigningSettings settings) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {TlsMaterial.trusting(settings.trust().city())}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK lacks TLS", e);
        }
    }
}
