package antin.signing.remote;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.key.SigningKey;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.deferred.CompleteSignature;
import antin.signing.deferred.DeferredRequest;
import antin.signing.deferred.DeferredSignatures;
import antin.signing.deferred.PrepareSignature;
import antin.signing.deferred.ToBeSigned;
import antin.signing.signature.SignedDocument;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Signs a document with a person's key here: a signature in two steps, whose value comes from the ring in place of the person's token. */
public final class SignDocument {

    private final PrepareSignature prepareSignature;
    private final CompleteSignature completeSignature;
    private final DeferredSignatures signatures;
    private final Authorisations authorisations;
    private final AuditLog audit;

    public SignDocument(PrepareSignature prepareSignature, CompleteSignature completeSignature, DeferredSignatures signatures, Authorisations authorisations, AuditLog audit) {
        this.prepareSignature = prepareSignature;
        this.completeSignature = completeSignature;
        this.signatures = signatures;
        this.authorisations = authorisations;
        this.audit = audit;
    }

    /**
     * Returns the signed document, which the receiver removes.
     *
     * @param authorisation its id
     * @param hash          of the document as it came, by the authorisation's algorithm
     */
    public SignedDocument sign(DeferredRequest request, SigningKey key, String authorisation, String hashAlgorithm, byte[] hash) {
        // Step 1: the bytes to be signed; certificate, its owner and the document are checked on the way
        ToBeSigned prepared = prepareSignature.prepare(request);
        String id = prepared.signature().id();
        Map<String, String> what = Map.of("key", key.name(), "signature", id, "authorisation", authorisation, "hash", HexFormat.of().formatHex(hash));
        byte[] value;
        try {
            // Step 2: this hash, once
            authorisations.use(authorisation, request.client(), key.name(), hashAlgorithm, List.of(hash));
            // Step 3: that the key is used is on disk before it is used
            audit.record(new AuditEvent("key.use", "begun", request.client(), request.from(), with(what, "certificate", key.certificate().getSerialNumber().toString(16))));
            value = key.sign(prepared.signature().algorithm(), prepared.octets());
        } catch (RuntimeException e) {
            fail(request, what, authorisation, hash, e);
            throw e;
        }
        // Step 4: put in, carried to its level, validated
        try {
            SignedDocument signed = completeSignature.complete(id, request.client(), request.from(), false, value);
            try {
                audit.record(new AuditEvent("key.use", "done", request.client(), request.from(), with(what, "sha256", Digests.sha256(signed.file()))));
                return signed;
            } catch (RuntimeException e) {
                WorkFolder.remove(signed.file());
                throw e;
            }
        } catch (RuntimeException e) {
            fail(request, what, authorisation, hash, e);
            throw e;
        }
    }

    private void fail(DeferredRequest request, Map<String, String> what, String authorisation, byte[] hash, RuntimeException why) {
        Kind kind = why instanceof Problem problem ? problem.kind() : Kind.INTERNAL;
        signatures.delete(what.getOrDefault("signature", ""), request.client());
        audit.record(new AuditEvent("key.use", "failed", request.client(), request.from(), with(what, "why", kind.name())));
        if (kind == Kind.PEER_UNAVAILABLE) {
            authorisations.release(authorisation, List.of(hash)); // nothing signed has left
        }
    }

    private static Map<String, String> with(Map<String, String> what, String name, String value) {
        Map<String, String> more = new TreeMap<>(what);
        more.put(name, value);
        return more;
    }
}
