package antin.ca.status;

import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.ca.status.OcspAnswer.Status;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
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

    /** A request for more certificates than any client asks about is refused, so that nobody makes us work for nothing. */
    static final int MOST_CERTIFICATES = 10;
    static final int LARGEST_REQUEST = 4 * 1024;
    /** How long a client may go on using an answer; so long a revocation may stay unseen by who caches. */
    static final Duration USABLE = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(OcspResponder.class);
    private static final int LONGEST_NONCE = 32;

    private final List<OcspDelegate> delegates;
    private final CertificateStatuses statuses;
    private final Clock clock;

    /** {@code delegates} by the authority's short name, as in {@link CertificateStatuses#find}. */
    public OcspResponder(Map<String, DelegatedKey> delegates, CertificateStatuses statuses, Clock clock) {
        this.delegates = delegates.entrySet().stream().map(delegate -> new OcspDelegate(delegate.getKey(), delegate.getValue())).toList();
        this.statuses = statuses;
        this.clock = clock;
    }

    /** {@code untrustedRequest} is an OCSPRequest in DER, or anything else. */
    public OcspAnswer answer(byte[] untrustedRequest) {
        Req[] asked;
        Optional<Extension> nonce;
        try {
            OCSPReq request = parse(untrustedRequest);
            asked = request.getRequestList();
            nonce = nonce(request);
            if (asked.length == 0 || asked.length > MOST_CERTIFICATES || request.getVersionNumber() != 1) {
                return refusal(Status.MALFORMED_REQUEST);
            }
        } catch (IOException | RuntimeException e) { // Bouncy Castle tells bad content by many exceptions
            return refusal(Status.MALFORMED_REQUEST);
        }
        // RFC 6960, 2.3: unauthorized where we cannot answer authoritatively for any of them
        Optional<OcspDelegate> delegate = List.of(asked).stream().flatMap(one -> delegateFor(one.getCertID()).stream()).findFirst();
        if (delegate.isEmpty()) {
            return refusal(Status.UNAUTHORIZED);
        }
        try {
            return new OcspAnswer(sign(asked, nonce, delegate.get()), Status.SUCCESSFUL, nonce.isEmpty());
        } catch (OCSPException | OperatorCreationException | IOException e) {
            LOG.error("An OCSP answer could not be signed", e);
            return refusal(Status.INTERNAL_ERROR);
        }
    }

    private byte[] sign(Req[] asked, Optional<Extension> nonce, OcspDelegate delegate) throws OCSPException, OperatorCreationException, IOException {
        X509CertificateHolder responder = DelegatedKey.holder(delegate.key().certificate());
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(responder.getSubjectPublicKeyInfo(),
            new BcDigestCalculatorProvider().get(CertificateID.HASH_SHA1)); // RFC 6960, 4.2.1: KeyHash is SHA-1
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant known = statuses.knownAt().truncatedTo(ChronoUnit.SECONDS);
        Date thisUpdate = Date.from(known.isAfter(now) ? now : known);
        Extensions archive = archive(delegate);
        for (Req one : asked) {
            CertificateID id = one.getCertID();
            builder.addResponse(id, status(id, delegate), thisUpdate, Date.from(now.plus(USABLE)), archive);
        }
        nonce.ifPresent(value -> builder.setResponseExtensions(new Extensions(value)));
        return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL,
            builder.build(delegate.key().signer(), new X509CertificateHolder[] {responder}, Date.from(now))).getEncoded();
    }

    /** One signature speaks for one authority: what others issued is unknown to it, and so is what nobody issued. */
    private @Nullable CertificateStatus status(CertificateID id, OcspDelegate delegate) {
        if (!delegate.answersFor(id)) {
            return new UnknownStatus();
        }
        Optional<antin.ca.CertificateStatus> known = statuses.find(delegate.issuer(), id.getSerialNumber());
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

    /** RFC 6960, 4.4.4: statuses are kept after certificates end, back to the authority's first day. */
    private static Extensions archive(OcspDelegate delegate) throws IOException {
        return new Extensions(Extension.create(OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff, false,
            new ASN1GeneralizedTime(delegate.key().issuer().getNotBefore())));
    }

    private Optional<OcspDelegate> delegateFor(CertificateID id) {
        return delegates.stream().filter(delegate -> delegate.answersFor(id)).findFirst();
    }

    private static OCSPReq parse(byte[] untrustedRequest) throws IOException {
        if (untrustedRequest.length > LARGEST_REQUEST || !StrictDer.isSound(untrustedRequest)) {
            throw new IOException("not a request");
        }
        OCSPReq request = new OCSPReq(untrustedRequest);
        for (Req one : request.getRequestList()) {
            CertificateID id = one.getCertID(); // lazily read: touched here, so that what is bad shows before anything is signed
            if (id.getIssuerNameHash().length == 0 || id.getIssuerKeyHash().length == 0 || id.getSerialNumber().bitLength() > 8 * 32) {
                throw new IOException("not a certificate's name");
            }
        }
        return request;
    }

    /** RFC 8954, 2.1: a nonce of no or more than 32 octets makes the request malformed. */
    private static Optional<Extension> nonce(OCSPReq request) throws IOException {
        @Nullable Extension nonce = request.hasExtensions() ? request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce) : null;
        if (nonce == null) {
            return Optional.empty();
        }
        int octets = ASN1OctetString.getInstance(ASN1Primitive.fromByteArray(nonce.getExtnValue().getOctets())).getOctets().length;
        if (octets < 1 || octets > LONGEST_NONCE) {
            throw new IOException("not a nonce");
        }
        return Optional.of(Extension.create(nonce.getExtnId(), false, ASN1Primitive.fromByteArray(nonce.getExtnValue().getOctets())));
    }

    private static OcspAnswer refusal(Status status) {
        try {
            return new OcspAnswer(new OCSPRespBuilder().build(status.code(), null).getEncoded(), status, false);
        } catch (OCSPException | IOException e) {
            throw new IllegalStateException("An answer of five octets does not encode", e);
        }
    }
}
