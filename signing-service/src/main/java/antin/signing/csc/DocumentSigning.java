package antin.signing.csc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.deferred.DeferredRequest;
import antin.signing.remote.Authorisations;
import antin.signing.remote.RemoteKeys;
import antin.signing.remote.SignDocument;
import antin.signing.seal.SealDocument;
import antin.signing.seal.SealRequest;
import antin.signing.signature.Document;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignedDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Documents that come in the request (CSC API 2.0.0.2, 11.11): signed as {@code /v1} does, with a person's key or an agency's. The authorisation is for the document's hash as it came. */
final class DocumentSigning {

    /** As sent. */
    record Question(@Nullable String credentialID, @Nullable String SAD, @Nullable List<Sent> documents, @Nullable List<Object> documentDigests, @Nullable String operationMode,
        @Nullable Boolean returnValidationInfo) {
    }

    /** One document. */
    record Sent(@Nullable String document, @Nullable String signature_format, @Nullable String conformance_level, @Nullable String signAlgo, @Nullable String signAlgoParams,
        @Nullable String signed_envelope_property, @Nullable List<Object> signed_props) {
    }

    private static final int MOST_DOCUMENTS = 20;
    /** In memory whole, as JSON is: larger ones go to {@code /v1}, which reads them as streams. */
    private static final int LARGEST = 16 << 20;

    private final List<SignatureFormat> formats;
    private final SealDocument sealDocument;
    private final SignDocument signDocument;
    private final Authorisations authorisations;
    private final WorkFolder folder;

    DocumentSigning(List<SignatureFormat> formats, SealDocument sealDocument, SignDocument signDocument, Authorisations authorisations, WorkFolder folder) {
        this.formats = List.copyOf(formats);
        this.sealDocument = sealDocument;
        this.signDocument = signDocument;
        this.authorisations = authorisations;
        this.folder = folder;
    }

    /** Base64 takes a third more. */
    static int largestBody(int largestDocument) {
        return Math.min(largestDocument, LARGEST) / 3 * 4 + 64 * 1024;
    }

    Map<String, Object> sign(Caller caller, SigningKey key, String authorisation, Question question) {
        if (question.documentDigests != null && !question.documentDigests.isEmpty()) {
            throw Refusals.refusal("Invalid parameter documentDigests: send documents, or sign their DTBSR by signatures/signHash");
        }
        if (question.documents == null || question.documents.isEmpty()) {
            throw Refusals.missing("documents");
        }
        if (question.documents.size() > MOST_DOCUMENTS) {
            throw Refusals.refusal("Invalid parameter documents: more than " + MOST_DOCUMENTS);
        }
        List<DocumentForm> forms = question.documents.stream().map(sent -> form(sent, formats)).toList();
        String digest = authorisations.hashAlgorithm(authorisation, caller.actor(), key.name());
        List<String> whole = new ArrayList<>();
        List<String> apart = new ArrayList<>();
        for (int i = 0; i < forms.size(); i++) {
            String signed = sign(caller, key, authorisation, digest, question.documents.get(i), forms.get(i));
            (forms.get(i).isApart() ? apart : whole).add(signed);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!whole.isEmpty()) {
            answer.put("DocumentWithSignature", whole);
        }
        if (!apart.isEmpty()) {
            answer.put("SignatureObject", apart);
        }
        return answer;
    }

    /** @param sent null where the list has one */
    static DocumentForm form(@Nullable Sent sent, List<SignatureFormat> formats) {
        if (sent == null || sent.document == null || sent.document.isEmpty()) {
            throw Refusals.missing("document");
        }
        if (sent.signed_props != null && !sent.signed_props.isEmpty()) {
            throw Refusals.invalid("signed_props");
        }
        return DocumentForm.of(sent.signature_format, sent.conformance_level, sent.signed_envelope_property, formats);
    }

    private String sign(Caller caller, SigningKey key, String authorisation, String digest, Sent sent, DocumentForm form) {
        byte[] octets = Base64Text.of(String.valueOf(sent.document), "document");
        SignatureAlgorithm algorithm = sent.signAlgo == null || sent.signAlgo.isEmpty() ? null
            : Algorithms.algorithm(sent.signAlgo, Algorithms.digestOf(sent.signAlgo), sent.signAlgoParams, key.certificate().getPublicKey());
        Path file = folder.newFile();
        try {
            Files.write(file, octets);
            Document document = new Document(file, "document", octets.length, Digests.sha256(file));
            byte[] hash = MessageDigest.getInstance(digest).digest(octets);
            SignedDocument signed = RemoteKeys.isName(key.name()) ? signDocument.sign(new DeferredRequest(caller.actor(), caller.person().orElseThrow(), caller.from(), form.format(), form.level(),
                    form.packaging(), algorithm, null, null, document, key.chain()), key, authorisation, digest, hash)
                : seal(caller, key, authorisation, digest, hash, new SealRequest(caller.actor(), caller.from(), key.name(), form.format(), form.level(), form.packaging(), algorithm, null, null,
                    document, null, document.sha256()));
            try {
                return Base64.getEncoder().encodeToString(Files.readAllBytes(signed.file()));
            } finally {
                WorkFolder.remove(signed.file());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it", e);
        } finally {
            WorkFolder.remove(file);
        }
    }

    private SignedDocument seal(Caller caller, SigningKey key, String authorisation, String digest, byte[] hash, SealRequest request) {
        authorisations.use(authorisation, caller.actor(), key.name(), digest, List.of(hash));
        try {
            return sealDocument.seal(request).document();
        } catch (Problem e) {
            if (e.kind() == Kind.PEER_UNAVAILABLE || e.kind() == Kind.LIMIT_REACHED) {
                authorisations.release(authorisation, List.of(hash)); // no seal has left
            }
            throw e;
        }
    }
}
