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
        // Step 1: may this certificate sign at all, for whom, and how
        certificates.check(request.chain());
        owner.check(request.chain(), request.person());
        SignatureAlgorithm algorithm = algorithm(request);
        // Step 2: the octets; equal parameters give them again when the value comes
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        byte[] octets;
        try (PreparedSignature prepared = request.format().prepare(new SignatureRequest(request.document(), request.level(), request.packaging(), algorithm,
            request.chain(), now, request.reason(), request.location()))) {
            octets = prepared.toBeSigned();
        }
        // Step 3: frozen, for ten minutes
        DeferredSignature signature = new DeferredSignature(newId(), request.client(), State.PREPARED, request.format().name(), request.level(), request.packaging(),
            algorithm, now, request.reason(), request.location(), request.document().name(), request.document().sha256(), request.document().size(), request.chain(),
            digest(algorithm, octets), null, now, now.plus(KEPT), null);
        rows.insert(signature, request.document().file());
        audit.record(new AuditEvent("signature.prepare", "done", request.client(), request.from(), Map.of("signature", signature.id(),
            "certificate", request.chain().getFirst().getSerialNumber().toString(16), "sha256", signature.documentSha256(), "algorithm", algorithm.word(),
            "format", signature.format() + "-" + signature.level())));
        return new ToBeSigned(signature, octets);
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
