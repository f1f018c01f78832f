package antin.signing.deferred;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.signature.CertificateCheck;
import antin.signing.signature.Document;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignatureFormat.PreparedSignature;
import antin.signing.signature.SignatureRequest;
import antin.signing.signature.SignedDocument;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The second half: the value that came from elsewhere is put in, once. */
public final class CompleteSignature {

    /** After these the same value may be sent again. */
    private static final Set<Kind> PASSING = Set.of(Kind.PEER_UNAVAILABLE);

    private final List<SignatureFormat> formats;
    private final CertificateCheck certificates;
    private final DeferredSignatures rows;
    private final AuditLog audit;
    private final WorkFolder folder;

    public CompleteSignature(List<SignatureFormat> formats, CertificateCheck certificates, DeferredSignatures rows, AuditLog audit, WorkFolder folder) {
        this.formats = List.copyOf(formats);
        this.certificates = certificates;
        this.rows = rows;
        this.audit = audit;
        this.folder = folder;
    }

    /**
     * Returns the signed document, which the receiver removes; for ten minutes to a {@code repeatable} request with the same value too, whose answer was lost. Whatever is refused for good ends the signature: it must be prepared anew.
     *
     * @param repeatable whether the client says that it repeats requests whose answer it lost; without, the same value is refused as any other is
     * @param value as the signer's key gave it; ECDSA in DER (RFC 3279, 2.2.3)
     * @throws Problem {@code NOT_FOUND}; {@code CONFLICT} where it was used; {@code EXPIRED}; {@code SIGNATURE_MISMATCH};
     *     {@code CERTIFICATE_UNUSABLE} where it was revoked meanwhile; {@code PEER_UNAVAILABLE}, after which it may be tried again
     */
    public SignedDocument complete(String id, String client, String from, boolean repeatable, byte[] value) {
        MessageDigest digest = Digests.newSha256();
        digest.update(value);
        String valueSha256 = Digests.text(digest);
        Optional<SignedDocument> repeated = !repeatable ? Optional.empty() : rows.repeat(id, client, valueSha256, folder::newFile);
        if (repeated.isPresent()) {
            return repeated.get();
        }
        // Step 1: nobody else completes it from here on
        DeferredSignature signature = rows.take(id, client);
        SignedDocument signed;
        try {
            // Step 2: what was true when it was prepared must still be
            certificates.check(signature.chain());
            audit.record(line(signature, "begun", from, Map.of("certificate", signature.chain().getFirst().getSerialNumber().toString(16))));
            // Steps 3 and 4: the same octets again, and the value among them
            signed = signed(signature, value);
        } catch (RuntimeException e) {
            end(signature, from, e);
            throw e;
        }
        try {
            String sha256 = Digests.sha256(signed.file());
            audit.record(line(signature, "done", from, Map.of("sha256", sha256)));
            rows.complete(id, sha256, valueSha256, signed);
            return signed;
        } catch (RuntimeException e) {
            WorkFolder.remove(signed.file());
            throw e;
        }
    }

    private SignedDocument signed(DeferredSignature signature, byte[] value) {
        SignatureFormat format = formats.stream().filter(one -> one.name().equals(signature.format())).findFirst().orElseThrow();
        Path file = folder.newFile();
        try {
            rows.fetch(signature.id(), file);
            Document document = new Document(file, signature.documentName(), signature.documentSize(), signature.documentSha256(), signature.digestAlgorithm(),
                signature.password());
            try (PreparedSignature prepared = format.prepare(new SignatureRequest(document, signature.level(), signature.packaging(), signature.algorithm(),
                signature.chain(), signature.signingTime(), signature.reason(), signature.location(), signature.particulars()))) {
                if (!MessageDigest.isEqual(signature.digest(), PrepareSignature.digest(signature.algorithm(), prepared.toBeSigned()))) {
                    throw new Problem(Kind.EXPIRED, "The signature was prepared by another version of this service. Prepare it anew.");
                }
                return prepared.complete(value);
            }
        } finally {
            WorkFolder.remove(file);
        }
    }

    private void end(DeferredSignature signature, String from, RuntimeException why) {
        Kind kind = why instanceof Problem problem ? problem.kind() : Kind.INTERNAL;
        audit.record(line(signature, "failed", from, Map.of("why", kind.name())));
        if (PASSING.contains(kind)) {
            rows.release(signature.id());
        } else {
            rows.fail(signature.id());
        }
    }

    private static AuditEvent line(DeferredSignature signature, String outcome, String from, Map<String, String> more) {
        Map<String, String> what = new java.util.TreeMap<>(more);
        what.put("signature", signature.id());
        return new AuditEvent("signature.complete", outcome, signature.client(), from, what);
    }
}
