package antin.ca.ejbca;

import antin.ca.CertificateAuthority;
import antin.ca.CertificateRequest;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.ca.ejbca.EjbcaApi.Enrolled;
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
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An authority that a city runs on EJBCA. A wish is met once: it has a user of its own there, is written down before it is sent, and after an answer that did not come is
 * looked for before it is sent again. Safe for use by many threads and processes.
 */
public final class EjbcaCertificateAuthority implements CertificateAuthority {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** So long a request may still be at work there after nobody waits for it any more. */
    private static final Duration QUIET = Duration.ofMinutes(2);
    private static final String USER = "antin-";

    private final EjbcaSettings settings;
    private final EjbcaConnection connection;
    private final EjbcaApi api;
    private final EjbcaJournal journal;
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
        this.anchor = PemFile.certificates(settings.anchorFile()).getFirst();
        this.clock = clock;
    }

    /** As the port says; the PKCS#10 must name the subject and the mail addresses itself, since EJBCA takes them from there. */
    @Override
    public IssuedCertificate issue(CertificateRequest request) {
        CheckedRequest checked = RequestRules.check(request);
        String profile = Optional.ofNullable(settings.certificateProfiles().get(request.profile()))
            .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "EJBCA is not asked for certificates of the profile " + request.profile() + "."));
        RequestNames.check(request);
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

    /** Where approvals are on at EJBCA the answer has no revocation: it is asked for there, and {@link #status} tells when it is done. */
    @Override
    public CertificateStatus revoke(BigInteger serial, RevocationReason reason, String actor) {
        RequestRules.checkActor(actor);
        CertificateStatus before = status(serial);
        if (before.revocation().isPresent()) {
            return before;
        }
        api.revoke(serial, reason);
        return status(serial);
    }

    /** How it stands now; {@code change} is 0, since EJBCA counts none. */
    public CertificateStatus status(BigInteger serial) {
        EjbcaApi.Standing standing = api.standing(serial);
        Optional<Revocation> revocation = standing.revoked()
            ? Optional.of(new Revocation(standing.time().orElseThrow(() -> new Problem(Kind.PEER_UNAVAILABLE, "EJBCA tells no time of a revocation.")), reason(standing.reason())))
            : Optional.empty();
        return new CertificateStatus(0, settings.authority(), serial, Instant.MAX, revocation);
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
        if (!journal.claimAgain(checked.id(), clock.instant(), QUIET)) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "The request may still be at work at EJBCA: ask again in a while.");
        }
        return send(checked, profile, pkcs10);
    }

    private Optional<IssuedCertificate> found(CheckedRequest checked) {
        try {
            return api.find(USER + checked.id(), checked.request()).map(certificate -> met(checked, certificate, api.chain()));
        } catch (Unanswered e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "EJBCA does not answer.", e);
        }
    }

    /** What is not what was asked for is not handed out, nor asked for again: an operator has to look at it. */
    private IssuedCertificate met(CheckedRequest checked, X509Certificate certificate, List<X509Certificate> chain) {
        IssuedCertificate issued = ReturnedCertificate.checked(checked.request(), certificate, chain, anchor, clock.instant());
        try {
            journal.met(checked.id(), certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was parsed has its bytes", e);
        }
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
            default -> RevocationReason.named(word.replace("_", "")).orElse(RevocationReason.UNSPECIFIED);
        };
    }
}
