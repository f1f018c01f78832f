package antin.ca.ejbca;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateHold;
import antin.ca.CertificateRequest;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaApi.Enrolled;
import antin.ca.ejbca.EjbcaApi.Standing;
import antin.ca.ejbca.EjbcaConnection.Unanswered;
import antin.ca.ejbca.EjbcaJournal.Claimed;
import antin.ca.ejbca.EjbcaJournal.Met;
import antin.ca.ejbca.EjbcaJournal.Unknown;
import antin.ca.request.CheckedRequest;
import antin.ca.request.RequestRules;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.tls.PemFile;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An authority that a city runs on EJBCA. A wish is met once: it has a user of its own there, is written down before it is sent, and after an answer that did not come is
 * looked for before it is sent again. Safe for use by many threads and processes.
 */
public final class EjbcaCertificateAuthority implements CertificateAuthority, CertificateHold {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So long a request may still be at work there after nobody waits for it any more. */
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final String USER = "antin-";

    private final EjbcaSettings settings;
    private final EjbcaConnection connection;
    private final EjbcaApi api;
    private final EjbcaJournal journal;
    private final EjbcaRevocations revocations;
    private final X509Certificate anchor;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ReentrantLock> wishes = new ConcurrentHashMap<>();

    public EjbcaCertificateAuthority(EjbcaSettings settings, EjbcaJournal journal, Clock clock) {
        this(settings, journal, clock, PATIENCE);
    }

    EjbcaCertificateAuthority(EjbcaSettings settings, EjbcaJournal journal, Clock clock, Duration patience) {
        this.settings = settings;
        this.connection = new EjbcaConnection(settings, patience);
        this.api = new EjbcaApi(connection, settings, clock);
        this.journal = journal;
        this.revocations = new EjbcaRevocations(api, journal.revocations(), clock);
        this.anchor = PemFile.certificates(settings.anchorFile()).getFirst();
        this.clock = clock;
    }

    /** As the port says; the PKCS#10 must name the subject and the mail addresses itself, since EJBCA takes them from there. */
    @Override
    public IssuedCertificate issue(CertificateRequest request) {
        CheckedRequest checked = RequestRules.check(request);
        String profile = Optional.ofNullable(settings.certificateProfiles().get(request.profile()))
            .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "EJBCA is not asked for certificates of the profile " + request.profile() + "."));
        RequestNames.check(checked.request(), request.pkcs10());
        ReentrantLock wish = wishes.computeIfAbsent(checked.id(), id -> new ReentrantLock());
        wish.lock();
        try {
            return switch (journal.begin(checked.id(), checked.content(), clock.instant())) {
                case Met met -> returned(checked, parse(met.certificate()));
                case Claimed claimed -> send(checked, profile, request.pkcs10());
                case Unknown unknown -> lookUp(checked, profile, request.pkcs10());
            };
        } finally {
            wishes.remove(checked.id(), wish);
            wish.unlock();
        }
    }

    /**
     * Where approvals are on at EJBCA the answer has no revocation: it is asked for there, and {@link #decided} tells when it is done. A certificate on hold is
     * revoked for good.
     */
    @Override
    public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        return status(serial, revocations.revoke(serial, reason, actor));
    }

    /** As {@link #revoke} where approvals are on: the answer is not held yet. */
    @Override
    public CertificateStatus hold(BigInteger serial, String actor) {
        return status(serial, revocations.hold(serial, actor));
    }

    /** As {@link #revoke} where approvals are on: the answer is still held. */
    @Override
    public CertificateStatus release(BigInteger serial, String actor) {
        return status(serial, revocations.release(serial, actor));
    }

    /** What waited for approvals and is done now; each is told once. One that is refused there stays waiting: EJBCA does not tell. */
    public List<Decided> decided() {
        return revocations.approved().stream().map(one -> new Decided(one.waiting().wish().act(), status(one.waiting().serial(), one.standing()), one.waiting().actor())).toList();
    }

    /** A change that somebody approved there ({@code act} for the audit, such as {@code certificate.revoke}), and who had wished it here. */
    public record Decided(String act, CertificateStatus status, String actor) {
    }

    /** How it stands now; {@code change} is 0, since EJBCA counts none. On hold is revoked, as CRL and OCSP have it. Throws {@code NOT_FOUND} for one never issued. */
    public CertificateStatus status(BigInteger serial) {
        return status(serial, api.standing(serial));
    }

    /** Whether it was asked for here. */
    public boolean knows(BigInteger serial) {
        return journal.certificate(serial).isPresent();
    }

    /** The profiles that EJBCA is asked for. */
    public Set<String> profiles() {
        return settings.profiles();
    }

    /** The authority's last CRL in DER; empty where it has made none. After a revocation one is asked for; where our role may not, EJBCA makes it in its own time. */
    public Optional<byte[]> crl() {
        return api.crl();
    }

    /** Asks whether EJBCA answers and shows us the authority; throws what is wrong. */
    public void check() {
        api.freshIssuer();
    }

    private CertificateStatus status(BigInteger serial, Standing standing) {
        Optional<Revocation> revocation = standing.revoked()
            ? Optional.of(new Revocation(standing.time().orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "EJBCA tells no time of a revocation.")), reason(standing.reason())))
            : Optional.empty();
        return new CertificateStatus(0, settings.authority(), serial, notAfter(serial), revocation);
    }

    /** One that our role may not see ends with its authority at the latest. */
    private Instant notAfter(BigInteger serial) {
        X509Certificate certificate = journal.certificate(serial).map(EjbcaCertificateAuthority::parse).or(() -> api.find(serial)).orElseGet(() -> api.chain().getFirst());
        return certificate.getNotAfter().toInstant();
    }

    @Override
    public void close() {
        connection.close();
    }

    private IssuedCertificate send(CheckedRequest checked, String profile, byte[] pkcs10) {
        Enrolled enrolled;
        try {
            enrolled = api.enrol(USER + checked.id(), password(), profile, pkcs10);
        } catch (Problem e) {
            journal.release(checked.id()); // refused, or it never arrived
            throw e;
        } catch (Unanswered e) {
            return found(checked).orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "EJBCA did not answer in time. The request may still be at work there: ask again.", e));
        }
        return met(checked, enrolled.certificate(), enrolled.chain());
    }

    private IssuedCertificate lookUp(CheckedRequest checked, String profile, byte[] pkcs10) {
        Optional<IssuedCertificate> found = found(checked);
        if (found.isPresent()) {
            return found.get();
        }
        api.freshIssuer(); // who lost the right to see them finds nothing either
        if (!journal.claimAgain(checked.id(), clock.instant(), QUIET)) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The request may still be at work at EJBCA: ask again in a while.");
        }
        return send(checked, profile, pkcs10);
    }

    private Optional<IssuedCertificate> found(CheckedRequest checked) {
        return api.find(USER + checked.id(), checked.request()).map(certificate -> met(checked, certificate, api.chain()));
    }

    /** What is not what was asked for is not handed out, nor asked for again: an operator has to look at it. */
    private IssuedCertificate met(CheckedRequest checked, X509Certificate certificate, List<X509Certificate> chain) {
        IssuedCertificate issued = ReturnedCertificate.checked(checked.request(), certificate, chain, anchor, clock.instant());
        journal.met(checked.id(), certificate);
        return issued;
    }

    private IssuedCertificate returned(CheckedRequest checked, X509Certificate certificate) {
        return ReturnedCertificate.checked(checked.request(), certificate, api.chain(), anchor, clock.instant());
    }

    private static X509Certificate parse(byte[] der) {
        return ReturnedCertificate.parse(Base64.getEncoder().encodeToString(der));
    }

    /** Never used again: a certificate of ours is asked for once. */
    private String password() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static RevocationReason reason(String word) {
        return switch (word) {
            case "PRIVILEGES_WITHDRAWN" -> RevocationReason.PRIVILEGE_WITHDRAWN;
            case "CA_COMPROMISE", "AA_COMPROMISE" -> RevocationReason.KEY_COMPROMISE;
            default -> RevocationReason.said(word.replace("_", "")).orElse(RevocationReason.UNSPECIFIED);
        };
    }
}
