package antin.signing.dss;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.trust.TrustedListSettings;
import antin.signing.xml.ComputedContent;
import antin.signing.xml.UntrustedXml;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.InMemoryDocument;
import eu.europa.esig.dss.model.tsl.TLInfo;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.client.http.DSSFileLoader;
import eu.europa.esig.dss.spi.tsl.TrustedListsCertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.tsl.function.GrantedOrRecognizedAtNationalLevelTrustAnchorPeriodPredicate;
import eu.europa.esig.dss.tsl.job.TLValidationJob;
import eu.europa.esig.dss.tsl.source.TLSource;
import eu.europa.esig.dss.tsl.sync.ExpirationAndSignatureCheckStrategy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One trusted list (ETSI TS 119 612): taken when its form and its signature are right, it is not expired and not older than the one before; kept on disk, for the next start and
 * for when its address is away. Believed until its NextUpdate. Safe for use by many threads.
 */
final class TrustedList {

    /** What a list says, read and found right. */
    record Reading(TrustedListsCertificateSource source, int sequence, Instant nextUpdate) {
    }

    private static final Logger LOG = LoggerFactory.getLogger(TrustedList.class);
    private static final int LARGEST = 32 << 20;
    private static final int MOST_NODES = 1_000_000;
    private static final List<Integer> VERSIONS = List.of(5, 6);

    private final TrustedListSettings settings;
    private final @Nullable StatusLoader loader;
    private final Path kept;
    private final Clock clock;
    private volatile @Nullable Reading good;

    TrustedList(TrustedListSettings settings, Path folder, Clock clock) {
        this.settings = settings;
        this.loader = settings.url().map(StatusLoader::ofList).orElse(null);
        this.kept = folder.resolve(settings.name() + ".xml");
        this.clock = clock;
    }

    String name() {
        return settings.name();
    }

    /** What is believed now; nothing once the list's time is over. */
    Optional<Reading> reading() {
        return Optional.ofNullable(good).filter(reading -> reading.nextUpdate.isAfter(clock.instant()));
    }

    /** The last good one of an earlier run, if there is one. */
    void open() {
        if (Files.exists(kept)) {
            try {
                good = read(Files.readAllBytes(kept));
            } catch (IOException | Problem e) {
                LOG.warn("The trusted list {} of an earlier run is not believed any more: {}", settings.name(), e.getMessage());
            }
        }
    }

    /** Returns false, and keeps the last good one, where the new one is not to be had or not to be believed. */
    synchronized boolean refresh() {
        try {
            byte[] octets = fetch();
            Reading read = read(octets);
            Reading before = good;
            if (before != null && read.sequence < before.sequence) {
                throw new Problem(Kind.MALFORMED_DOCUMENT, "It has the sequence number " + read.sequence + ", older than the " + before.sequence + " that is known.");
            }
            Files.createDirectories(kept.getParent());
            Path half = kept.resolveSibling(settings.name() + ".half");
            Files.write(half, octets);
            Files.move(half, kept, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            good = read;
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The trusted list {} is not taken: {}", settings.name(), e.getMessage());
            return false;
        }
    }

    private byte[] fetch() throws IOException {
        if (loader != null) {
            return loader.get(settings.url().orElseThrow());
        }
        Path file = settings.file().orElseThrow();
        if (Files.size(file) > LARGEST) {
            throw new IOException("larger than 32 MB");
        }
        return Files.readAllBytes(file);
    }

    private Reading read(byte[] untrusted) {
        UntrustedXml.check(new ByteArrayInputStream(untrusted), MOST_NODES);
        ComputedContent content = new ComputedContent();
        content.read(new ByteArrayInputStream(untrusted));
        if (content.report().isPresent()) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "Its signature is over something that is computed.");
        }
        CommonTrustedCertificateSource signers = new CommonTrustedCertificateSource();
        settings.signers().forEach(signer -> signers.addCertificate(new CertificateToken(signer)));
        TLSource list = new TLSource();
        list.setUrl("list:" + settings.name());
        list.setCertificateSource(signers);
        list.setTLVersions(VERSIONS);
        list.setTrustServicePredicate(service -> service.getServiceInformation() != null && settings.serviceTypes().contains(service.getServiceInformation().getServiceTypeIdentifier()));
        list.setTrustAnchorValidityPredicate(new GrantedOrRecognizedAtNationalLevelTrustAnchorPeriodPredicate());
        TrustedListsCertificateSource source = new TrustedListsCertificateSource();
        TLValidationJob job = new TLValidationJob();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            job.setExecutorService(thread);
            job.setOnlineDataLoader(new Given(untrusted));
            job.setTrustedListSources(list);
            job.setTrustedListCertificateSource(source);
            job.setSynchronizationStrategy(new ExpirationAndSignatureCheckStrategy());
            job.onlineRefresh();
        }
        TLInfo info = job.getSummary().getOtherTLInfos().getFirst();
        if (info.getParsingCacheInfo().isError() || info.getParsingCacheInfo().getSequenceNumber() == null || info.getParsingCacheInfo().getNextUpdateDate() == null) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "It is no trusted list.");
        }
        if (info.getValidationCacheInfo().isError() || !info.getValidationCacheInfo().isValid()) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "Its signature is not right, or by somebody else.");
        }
        Date nextUpdate = info.getParsingCacheInfo().getNextUpdateDate();
        if (!nextUpdate.toInstant().isAfter(clock.instant())) {
            throw new Problem(Kind.MALFORMED_DOCUMENT, "It is over since " + nextUpdate.toInstant() + ".");
        }
        return new Reading(source, info.getParsingCacheInfo().getSequenceNumber(), nextUpdate.toInstant());
    }

    /** Gives DSS the octets that were read already, whatever address it asks for. */
    private record Given(byte[] octets) implements DSSFileLoader {

        @Override
        public DSSDocument getDocument(String url) {
            return new InMemoryDocument(octets);
        }
    }
}
