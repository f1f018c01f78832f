package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.SignatureAlgorithm;
import antin.signing.deferred.DeferredSignature.State;
import antin.signing.signature.CertificateCheck;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The first half of a signature whose key is elsewhere. */
public final class PrepareSignature {

    /** As long as a person may take to find the token and type its PIN. */
    static final Duration KEPT = Duration.ofMinutes(10);
    private static final int ID_BYTES = 16;

    private final CertificateCheck certificates;
    private final CertificateOwner owner;
    private final DeferredSignatures rows;
    private final AuditLog audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public PrepareSignature(CertificateCheck certificates, CertificateOwner owner, DeferredSignatures rows, AuditLog audit, Clock clock) {
        this.certificates = certificates;
        this.owner = owner;
        this.rows = rows;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws Problem {@code NOT_ALLOWED} for another's certificate; {@code CERTIFICATE_UNUSABLE}, {@code MALFORMED_DOCUMENT}, {@code MALFORMED_REQUEST}, {@code PEER_UNAVAILABLE} */
    public ToBeSigned prepare(DeferredRequest request) {
        Optional<ToBeSigned> repeated = repeat(request);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        rows.checkPlace(request.client());
        // Step 1: may this certificate sign at all, for whom, and how
        certificates.check(request.chain());
        owner.check(request.chain(), request.person());
        SignatureAlgorithm algorithm = algorithm(request);
        // Step 2: the octets; equal parameters give them again when the value comes
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        byte[] octets = octets(request, algorithm, now);
        // Step 3: frozen, for ten minutes
        DeferredSignature signature = new DeferredSignature(newId(), request.client(), State.PREPARED, request.format().name(), request.level(), request.packaging(),
            algorithm, now, request.reason(), request.location(), request.document().name(), request.document().sha256(), request.document().size(), request.chain(),
            digest(algorithm, octets), null, now, now.plus(KEPT), null, request.particulars(), request.document().digestAlgorithm(), request.document().password());
        if (!rows.insert(signature, request.document().file(), request)) {
            return repeat(request).orElseThrow(() -> new Problem(Kind.CONFLICT, "This Idempotency-Key is being used by another request."));
        }
        audit.record(new AuditEvent("signature.prepare", "done", request.client(), request.from(), Map.of("signature", signature.id(),
            "certificate", request.chain().getFirst().getSerialNumber().toString(16), "sha256", signature.documentSha256(), "algorithm", algorithm.word(),
            "format", signature.format() + "-" + signature.level())));
        return new ToBeSigned(signature, octets);
    }

    /** The same octets once more, under the client's idempotency key: all that decides them is asked again or was frozen. */
    private Optional<ToBeSigned> repeat(DeferredRequest request) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        return rows.underKey(request.client(), request.idempotencyKey(), request.digest()).map(earlier -> {
            byte[] octets = octets(request, earlier.algorithm(), earlier.signingTime());
            if (!MessageDigest.isEqual(earlier.digest(), digest(earlier.algorithm(), octets))) {
                throw new Problem(Kind.EXPIRED, "The signature was prepared by another version of this service. Prepare it anew.");
            }
            return new ToBeSigned(earlier, octets);
        });
    }

    private static byte[] octets(DeferredRequest request, SignatureAlgorithm algorithm, Instant signingTime) {
        try (PreparedSignature prepared = request.format().prepare(new SignatureRequest(request.document(), request.level(), request.packaging(), algorithm,
            request.chain(), signingTime, request.reason(), request.location(), request.particulars()))) {
            return prepared.toBeSigned();
        }
    }

    private static SignatureAlgorithm algorithm(DeferredRequest request) {
        SignatureAlgorithm usual = SignatureAlgorithm.usual(request.chain().getFirst().getPublicKey());
        SignatureAlgorithm asked = request.algorithm() == null ? usual : request.algorithm();
        if (!asked.keyAlgorithm().equals(usual.keyAlgorithm())) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The algorithm " + asked.word() + " is not one for the certificate's key.");
        }
        return asked;
    }

    static byte[] digest(SignatureAlgorithm algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm.digest()).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }
}
