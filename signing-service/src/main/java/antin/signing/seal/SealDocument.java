package antin.signing.seal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.KeyRing;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.seal.Seal.Result;
import antin.signing.seal.Seal.State;
import antin.signing.signature.CertificateCheck;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals a document with an agency's key: journey 3, whose steps have the same numbers. */
public final class SealDocument {

    private static final Logger LOG = LoggerFactory.getLogger(SealDocument.class);

    private final KeyRing keys;
    private final CertificateCheck certificates;
    private final SealingRules rules;
    private final Seals seals;
    private final AuditLog audit;
    private final WorkFolder folder;
    private final Clock clock;
    /** Clients and idempotency keys of the requests that are worked on here; no other process uses the database. */
    private final Set<List<String>> working = ConcurrentHashMap.newKeySet();

    public SealDocument(KeyRing keys, CertificateCheck certificates, SealingRules rules, Seals seals, AuditLog audit, WorkFolder folder, Clock clock) {
        this.keys = keys;
        this.certificates = certificates;
        this.rules = rules;
        this.seals = seals;
        this.audit = audit;
        this.folder = folder;
        this.clock = clock;
    }

    /** The client's right to the key was checked. */
    public SealedDocument seal(SealRequest request) {
        if (request.idempotencyKey() == null) {
            return sealNow(request);
        }
        List<String> slot = List.of(request.client(), request.idempotencyKey());
        boolean first = working.add(slot);
        try {
            Optional<SealedDocument> repeated = repeat(request, first);
            if (repeated.isEmpty() && !first) {
                throw new InProgress();
            }
            return repeated.isPresent() ? repeated.get() : sealNow(request);
        } finally {
            if (first) {
                working.remove(slot);
            }
        }
    }

    private SealedDocument sealNow(SealRequest request) {
        // Step 3: the key, and whether its certificate may sign now
        SigningKey key = keys.find(request.key()).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no key " + request.key() + "."));
        SignatureAlgorithm algorithm = algorithm(request, key);
        certificates.check(key.chain());
        rules.check(request, key.certificate());
        // Step 4: the bytes to be signed
        try (PreparedSignature prepared = request.format().prepare(new SignatureRequest(request.document(), request.level(), request.packaging(),
            algorithm, key.chain(), clock.instant(), request.reason(), request.location(), request.particulars()))) {
            Optional<String> id = seals.begin(request, algorithm.word(), key.certificate().getSerialNumber().toString(16));
            return id.isPresent() ? seal(request, id.get(), key, algorithm, prepared) : repeat(request, false).orElseThrow(InProgress::new);
        }
    }

    private SealedDocument seal(SealRequest request, String id, SigningKey key, SignatureAlgorithm algorithm, PreparedSignature prepared) {
        Map<String, String> what = Map.of("seal", id, "key", key.name(), "sha256", request.document().sha256(), "algorithm", algorithm.word(),
            "certificate", key.certificate().getSerialNumber().toString(16), "format", request.format().name() + "-" + request.level());
        SignedDocument signed;
        try {
            rules.use(key.name());
            // Step 5: that the key is used is on disk before it is used
            audit.record(new AuditEvent("key.use", "begun", request.client(), request.from(), what));
            byte[] value = key.sign(algorithm, prepared.toBeSigned());
            // Steps 6 to 8
            signed = prepared.complete(value);
        } catch (RuntimeException e) {
            fail(request, id, what, e);
            throw e instanceof Problem problem && problem.kind() == Kind.SIGNATURE_MISMATCH ? new Problem(Kind.INTERNAL, "The key made a wrong value.", e) : e;
        }
        try {
            // Step 9: kept first, so that a crash from here on leaves one seal for its repeats; then told, since no seal leaves without its line, which is otherwise written at the next start
            Result result = new Result(signed.name(), signed.mediaType(), Digests.sha256(signed.file()), Digests.size(signed.file()));
            seals.complete(id, result, signed.file(), request.idempotencyKey() != null);
            told(request, id, key, result);
            return new SealedDocument(id, signed);
        } catch (RuntimeException e) {
            WorkFolder.remove(signed.file());
            throw e;
        }
    }

    private void told(SealRequest request, String id, SigningKey key, Result result) {
        try {
            audit.record(new AuditEvent("key.use", "done", request.client(), request.from(), Map.of("seal", id, "key", key.name(), "sha256", result.sha256())));
        } catch (RuntimeException e) {
            seals.fail(id); // nobody gets what is not in the audit
            throw e;
        }
    }

    private void fail(SealRequest request, String id, Map<String, String> what, RuntimeException why) {
        String kind = why instanceof Problem problem ? problem.kind().name() : Kind.INTERNAL.name();
        audit.record(new AuditEvent("key.use", "failed", request.client(), request.from(), Map.of("seal", id, "key", what.getOrDefault("key", ""), "why", kind)));
        try {
            seals.fail(id);
        } catch (RuntimeException e) {
            LOG.warn("The seal {} failed, and its row could not be told so; a repeat will find it", id, e);
        }
    }

    private static SignatureAlgorithm algorithm(SealRequest request, SigningKey key) {
        SignatureAlgorithm usual = SignatureAlgorithm.usual(key.certificate().getPublicKey());
        SignatureAlgorithm asked = request.algorithm() == null ? usual : request.algorithm();
        if (!asked.keyAlgorithm().equals(usual.keyAlgorithm())) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The algorithm " + asked.word() + " is not one for the key " + key.name() + ".");
        }
        return asked;
    }

    /** What is there under the request's key. {@code alone}: nobody else works under it, so what was begun there was given up, such as when the database went away in the middle. */
    private Optional<SealedDocument> repeat(SealRequest request, boolean alone) {
        if (request.idempotencyKey() == null) {
            return Optional.empty();
        }
        Optional<Seal> earlier = seals.underKey(request.client(), request.idempotencyKey());
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        Seal seal = earlier.get();
        if (!seal.requestDigest().equals(request.digest())) {
            throw new Problem(Kind.CONFLICT, "This Idempotency-Key was used for another request.");
        }
        Result result = seal.result();
        if (seal.state() == State.BEGUN && alone) {
            seals.fail(seal.id());
            return Optional.empty();
        }
        if (seal.state() == State.BEGUN || result == null) {
            throw new InProgress();
        }
        Path file = folder.newFile();
        seals.fetch(seal.id(), file);
        return Optional.of(new SealedDocument(seal.id(), new SignedDocument(file, result.name(), result.mediaType())));
    }
}
