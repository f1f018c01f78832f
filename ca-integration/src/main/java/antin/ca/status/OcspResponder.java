package antin.ca.status;

import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.ca.status.OcspAnswer.Status;
import antin.ca.status.OcspAnswer.Subject;
import antin.ca.status.OcspAnswer.Validity;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * OCSP (RFC 6960), every answer made and signed when it is asked. Answers for the authorities that delegated a key; whatever
 * comes in, an answer goes out. Safe for use by many threads.
 */
public final class OcspResponder {

    /** How long a client may go on using an answer; so long a revocation may stay unseen by who caches. */
    static final Duration USABLE = Duration.ofMinutes(10);

    /** So long statuses are given as good ones while nobody vouches for them: as long as the issuing authorities' CRLs live. */
    static final Duration LONGEST_UNVOUCHED = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(OcspResponder.class);

    private final List<OcspDelegate> delegates;
    private final CertificateStatuses statuses;
    private final Clock clock;

    /** {@code delegates} by the authority's short name, as in {@link CertificateStatuses#find}; each may give a renewed key later. */
    public OcspResponder(Map<String, Supplier<DelegatedKey>> delegates, CertificateStatuses statuses, Clock clock) {
        this.delegates = delegates.entrySet().stream().map(delegate -> new OcspDelegate(delegate.getKey(), delegate.getValue())).toList();
        this.statuses = statuses;
        this.clock = clock;
    }

    /** {@code untrustedRequest} is an OCSPRequest in DER, or anything else. */
    public OcspAnswer answer(byte[] untrustedRequest) {
        Optional<OcspQuestion> question = OcspQuestion.read(untrustedRequest);
        if (question.isEmpty()) {
            return refusal(Status.MALFORMED_REQUEST);
        }
        List<CertificateID> asked = question.get().certificates();
        // RFC 6960, 2.3: unauthorized where we cannot answer authoritatively for any of them
        Optional<OcspDelegate> delegate = asked.stream().flatMap(one -> delegateFor(one).stream()).findFirst();
        if (delegate.isEmpty()) {
            return refusal(Status.UNAUTHORIZED);
        }
        if (!statuses.isLoaded()) {
            return refusal(Status.TRY_LATER); // RFC 6960, 2.3: it runs, and cannot tell now
        }
        try {
            return sign(question.get(), delegate.get());
        } catch (OCSPException | OperatorCreationException | IOException e) {
            LOG.error("An OCSP answer could not be signed", e);
            return refusal(Status.INTERNAL_ERROR);
        }
    }

    private OcspAnswer sign(OcspQuestion question, OcspDelegate delegate) throws OCSPException, OperatorCreationException, IOException {
        OcspDelegate.Signing signing = delegate.signing();
        X509CertificateHolder responder = signing.responder();
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(responder.getSubjectPublicKeyInfo(),
            new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1)); // RFC 6960, 4.2.1: KeyHash is SHA-1
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Validity validity = validity(now, statuses.knownAt().truncatedTo(ChronoUnit.SECONDS));
        Optional<Subject> subject = Optional.empty();
        List<OcspAnswer.State> said = new ArrayList<>();
        for (CertificateID id : question.certificates()) {
            Optional<antin.ca.CertificateStatus> status = find(id, delegate);
            builder.addResponse(id, said(status), Date.from(validity.thisUpdate()), Date.from(validity.nextUpdate()), delegate.archive());
            said.add(OcspAnswer.State.of(status));
            subject = status.map(one -> new Subject(delegate.issuer(), id.getSerialNumber(), one));
        }
        question.nonce().ifPresent(value -> builder.setResponseExtensions(new Extensions(value)));
        byte[] der = new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL,
            builder.build(signing.key().signer(), new X509CertificateHolder[] {responder}, Date.from(now))).getEncoded();
        boolean forAll = question.nonce().isEmpty();
        return OcspAnswer.of(der, Status.SUCCESSFUL, forAll ? Optional.of(validity) : Optional.empty(),
            forAll && question.certificates().size() == 1 ? subject : Optional.empty(), said);
    }

    /** What nobody vouched for in all the life of a CRL is said to be out of date, as a CRL of then would be (RFC 6960, 4.2.2.1). */
    private static Validity validity(Instant now, Instant known) {
        Instant end = now.plus(USABLE);
        Instant latest = known.plus(LONGEST_UNVOUCHED);
        return new Validity(known.isAfter(now) ? now : known, end.isAfter(latest) ? latest : end);
    }

    /** One signature speaks for one authority: what others issued is unknown to it, and so is what nobody issued. */
    private Optional<antin.ca.CertificateStatus> find(CertificateID id, OcspDelegate delegate) {
        return delegate.answersFor(id) ? statuses.find(delegate.issuer(), id.getSerialNumber()) : Optional.empty();
    }

    private static @Nullable CertificateStatus said(Optional<antin.ca.CertificateStatus> known) {
        if (known.isEmpty()) {
            return new UnknownStatus();
        }
        Optional<Revocation> revocation = known.get().revocation();
        return revocation.isEmpty() ? CertificateStatus.GOOD : revoked(revocation.get());
    }

    private static CertificateStatus revoked(Revocation revocation) {
        // RFC 5280, 5.3.1: "unspecified" is said by silence
        @Nullable CRLReason reason = revocation.reason() == RevocationReason.UNSPECIFIED ? null : CRLReason.lookup(revocation.reason().code());
        return new RevokedStatus(new RevokedInfo(new ASN1GeneralizedTime(Date.from(revocation.time())), reason));
    }

    private Optional<OcspDelegate> delegateFor(CertificateID id) {
        return delegates.stream().filter(delegate -> delegate.answersFor(id)).findFirst();
    }

    private static OcspAnswer refusal(Status status) {
        try {
            return OcspAnswer.of(new OCSPRespBuilder().build(status.code(), null).getEncoded(), status, Optional.empty(), Optional.empty(), List.of());
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException("An answer of five octets does not encode", e);
        }
    }
}
