package antin.ca.status;

import antin.ca.status.TimeStampAnswer.Outcome;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TSPValidationException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Time stamps (RFC 3161 with RFC 5816), with the use of the key in the audit log before and after. Whatever comes in, an
 * answer goes out. Safe for use by many threads.
 */
public final class TimeStampingAuthority {

    /** Ours (ITU-T X.667: a UUID): the machine's clock, to the millisecond, and the key in a file. No qualified time stamp. */
    public static final String POLICY = "2.25.53924519075857577530491531759655858503";
    /** What each use of the key adds to the audit log. */
    public static final int AUDIT_LINES = 2;
    static final int LARGEST_REQUEST = 4 * 1024;
    static final int ACCURACY_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(TimeStampingAuthority.class);
    private static final int SERIAL_BITS = 128;
    private static final AlgorithmIdentifier SHA_256 = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
    private static final Set<ASN1ObjectIdentifier> IMPRINTS = Set.of(TSPAlgorithms.SHA256, TSPAlgorithms.SHA384, TSPAlgorithms.SHA512,
        TSPAlgorithms.SHA3_256, TSPAlgorithms.SHA3_384, TSPAlgorithms.SHA3_512); // ETSI TS 119 312
    private static final ASN1ObjectIdentifier POLICY_ID = new ASN1ObjectIdentifier(POLICY);

    private final Supplier<DelegatedKey> keys;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random;
    private final Supplier<ClockState> watch;

    /** With a clock that nobody watches. */
    public TimeStampingAuthority(Supplier<DelegatedKey> keys, AuditLog audit, Clock clock, SecureRandom random) {
        this(keys, audit, clock, random, ClockState::uncompared);
    }

    /** {@code watch} tells at each question whether {@code clock} is right. */
    public TimeStampingAuthority(Supplier<DelegatedKey> keys, AuditLog audit, Clock clock, SecureRandom random, Supplier<ClockState> watch) {
        this.watch = watch;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
        this.random = random;
    }

    /**
     * {@code untrustedRequest} is a TimeStampReq in DER, or anything else.
     *
     * @param from who asks, for the audit
     * @throws antin.kernel.Problem where the audit log cannot be written; nothing is answered then
     */
    public TimeStampAnswer answer(byte[] untrustedRequest, String from) {
        TimeStampRequest request;
        try {
            request = parse(untrustedRequest);
            request.validate(IMPRINTS, Set.of(POLICY_ID), Set.of());
        } catch (TSPValidationException e) {
            return refusal(e.getFailureCode());
        } catch (TSPException | IOException | RuntimeException e) { // Bouncy Castle tells bad content by many exceptions
            return refusal(PKIFailureInfo.badDataFormat);
        }
        return sign(request, from);
    }

    /** A time stamp of a value of our own, with the certificates; errors as {@link #answer}'s. */
    TimeStampAnswer stamp(byte[] sha256, String from) {
        TimeStampRequestGenerator request = new TimeStampRequestGenerator();
        request.setCertReq(true);
        return sign(request.generate(TSPAlgorithms.SHA256, sha256), from);
    }

    private TimeStampAnswer sign(TimeStampRequest request, String from) {
        if (!watch.get().isGood()) {
            return refusal(PKIFailureInfo.timeNotAvailable);
        }
        BigInteger serial = new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS); // positive and never zero
        String number = serial.toString(16);
        audit.record(new AuditEvent("timestamp.sign", "begun", "tsa", from, Map.of("serial", number,
            "imprint", HexFormat.of().formatHex(request.getMessageImprintDigest()))));
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            byte[] der = new TimeStampResponseGenerator(generator(), IMPRINTS, Set.of(POLICY), Set.of())
                .generateGrantedResponse(request, serial, Date.from(now)).getEncoded();
            audit.record(new AuditEvent("timestamp.sign", "done", "tsa", from, Map.of("serial", number, "time", now.toString())));
            return new TimeStampAnswer(der, Outcome.GRANTED);
        } catch (TSPException | OperatorCreationException | IOException e) {
            LOG.error("A time stamp could not be signed", e);
            audit.record(new AuditEvent("timestamp.sign", "failed", "tsa", from, Map.of("serial", number)));
            return refusal(PKIFailureInfo.systemFailure);
        }
    }

    private TimeStampTokenGenerator generator() throws OperatorCreationException, TSPException {
        DelegatedKey key = keys.get();
        BcDigestCalculatorProvider digests = new BcDigestCalculatorProvider();
        SignerInfoGenerator signer = new SignerInfoGeneratorBuilder(digests).setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator())
            .build(key.signer(), DelegatedKey.holder(key.certificate()));
        // RFC 5816, 2.2.1: a digest other than SHA-1 makes it ESSCertIDv2
        TimeStampTokenGenerator generator = new TimeStampTokenGenerator(signer, digests.get(SHA_256), POLICY_ID);
        generator.setAccuracySeconds(ACCURACY_SECONDS); // the clock may be off by as much (ClockWatch), so the time itself is not rounded
        generator.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
        generator.addCertificates(new CollectionStore<X509CertificateHolder>(belowTheRoot(key)));
        return generator;
    }

    /** Who verifies has the root, and needs all else. */
    private static List<X509CertificateHolder> belowTheRoot(DelegatedKey key) {
        return key.chain().subList(0, key.chain().size() - 1).stream().map(DelegatedKey::holder).toList();
    }

    private static TimeStampRequest parse(byte[] untrustedRequest) throws IOException, TSPException {
        if (untrustedRequest.length > LARGEST_REQUEST || !StrictDer.isSound(untrustedRequest)) {
            throw new IOException("not a request");
        }
        TimeStampRequest request = new TimeStampRequest(untrustedRequest);
        if (request.getVersion() != 1) {
            throw new TSPValidationException("version", PKIFailureInfo.badRequest);
        }
        return request;
    }

    /** RFC 3161, 2.4.2: says which of its reasons it was, and no token. */
    private TimeStampAnswer refusal(int failure) {
        try {
            return new TimeStampAnswer(new TimeStampResponseGenerator(generator(), IMPRINTS)
                .generateFailResponse(PKIStatus.REJECTION, failure, "The request was refused.").getEncoded(), failure == PKIFailureInfo.timeNotAvailable ? Outcome.TIME_NOT_AVAILABLE
                    : failure == PKIFailureInfo.systemFailure ? Outcome.FAILED : Outcome.REJECTED);
        } catch (TSPException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("A refusal does not encode", e);
        }
    }
}
