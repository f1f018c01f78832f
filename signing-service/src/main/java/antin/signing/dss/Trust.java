package antin.signing.dss;

import antin.signing.trust.TrustSettings;
import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.EncryptionAlgorithm;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.spi.validation.CertificateVerifier;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CertificateSource;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.aia.DefaultAIASource;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLSource;
import eu.europa.esig.dss.spi.x509.tsp.TSPSource;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom we believe, and where we ask about it. Safe for use by many threads. */
public final class Trust {

    static {
        BoundedPss.install();
    }

    private final List<X509Certificate> city;
    private final Set<String> cityIds;
    private final List<X509Certificate> configured;
    private final KnownCertificates certificates = new KnownCertificates();
    private final CommonTrustedCertificateSource anchors = new CommonTrustedCertificateSource();
    private final TrustedLists lists;
    private final Clock clock;
    private final StatusLoader loader;
    private final StatusAnswers answers;
    private final CrlAnswers crls;
    private final SeveralTimeStamps timeStamps;

    /** The lists' last good readings are there at once; somebody starts {@link #lists()}'s upkeep. */
    public Trust(TrustSettings settings, Clock clock) {
        this.city = settings.city();
        this.cityIds = city.stream().map(root -> new CertificateToken(root).getDSSIdAsString()).collect(Collectors.toSet());
        this.configured = Stream.concat(city.stream(), settings.outside().stream().flatMap(authority -> authority.roots().stream())).toList();
        configured.forEach(root -> anchors.addCertificate(certificates.token(root)));
        this.lists = new TrustedLists(settings.lists(), settings.folder(), clock);
        this.clock = clock;
        this.loader = new StatusLoader(settings.allowed());
        this.answers = new StatusAnswers(loader, clock);
        this.crls = new CrlAnswers(loader, clock);
        this.timeStamps = new SeveralTimeStamps(settings.timeStampUrls(), StatusLoader.ofTimeStamps(settings.timeStampUrls()), clock);
    }

    /** Every root that a signer's certificate may lead to now. */
    Collection<X509Certificate> roots() {
        List<X509Certificate> roots = new ArrayList<>(configured);
        Date now = Date.from(clock.instant()); // services that were withdrawn are still listed, for what was signed before
        lists.sources().forEach(source -> source.getCertificates().stream().filter(token -> source.isTrustedAtTime(token, now)).forEach(token -> roots.add(token.getCertificate())));
        return roots;
    }

    /** Whether one of these, by DSS's ids of certificates, is a root of the city's own. */
    boolean isOfCity(Stream<String> chain) {
        return chain.anyMatch(cityIds::contains);
    }

    List<X509Certificate> city() {
        return city;
    }

    public TrustedLists lists() {
        return lists;
    }

    /** The time-stamping authorities by address, and whether each answered when it was asked last. */
    public Map<String, Boolean> timeStampAuthorities() {
        return timeStamps.standing();
    }

    StatusLoader loader() {
        return loader;
    }

    /** How often an address that may be asked did not answer well, so far. */
    long failures() {
        return loader.failures() + timeStamps.failures();
    }

    Clock clock() {
        return clock;
    }

    KnownCertificates certificates() {
        return certificates;
    }

    StatusAnswers answers() {
        return answers;
    }

    CRLSource crls() {
        return crls;
    }

    TSPSource timeStamps() {
        return timeStamps;
    }

    /** For one document: DSS keeps what it learns in it. */
    CertificateVerifier verifier() {
        CommonCertificateVerifier verifier = new CommonCertificateVerifier();
        verifier.setTrustedCertSources(sources().toArray(CertificateSource[]::new));
        verifier.setOcspSource(answers);
        verifier.setCrlSource(crls);
        verifier.setAIASource(new DefaultAIASource(loader));
        return verifier;
    }

    /** Whether every verifier has it himself. */
    boolean isAnchor(CertificateToken certificate) {
        return sources().anyMatch(source -> source.isKnown(certificate));
    }

    private Stream<CertificateSource> sources() {
        return Stream.concat(Stream.of(anchors), lists.sources().stream());
    }

    static eu.europa.esig.dss.enumerations.SignatureAlgorithm dss(antin.kernel.key.SignatureAlgorithm algorithm) {
        EncryptionAlgorithm encryption = algorithm.isPss() ? EncryptionAlgorithm.RSASSA_PSS : algorithm.keyAlgorithm().equals("EC") ? EncryptionAlgorithm.ECDSA : EncryptionAlgorithm.RSA;
        return eu.europa.esig.dss.enumerations.SignatureAlgorithm.getAlgorithm(encryption, digest(algorithm));
    }

    static DigestAlgorithm digest(antin.kernel.key.SignatureAlgorithm algorithm) {
        return DigestAlgorithm.forJavaName(algorithm.digest());
    }
}
