package antin.signing.csc;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.SignatureAlgorithm;
import antin.kernel.key.SigningKey;
import antin.signing.WorkFolder;
import antin.signing.api.Jobs;
import antin.signing.api.Limits;
import antin.signing.remote.Authorisation;
import antin.signing.remote.Authorisations;
import antin.signing.remote.SignHashes;
import antin.signing.signature.TimeStamps;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Signatures and time stamps (CSC API 2.0.0.2, 11.10 to 11.12): at once, never later. */
@RestController
public final class SigningController {

    /** As sent. */
    private record HashQuestion(@Nullable String credentialID, @Nullable String SAD, @Nullable List<String> hashes, @Nullable String hashAlgorithmOID, @Nullable String signAlgo,
        @Nullable String signAlgoParams, @Nullable String operationMode) {
    }

    private record StampQuestion(@Nullable String hash, @Nullable String hashAlgo, @Nullable String hashAlgorithmOID, @Nullable String nonce) {
    }

    private final Credentials credentials;
    private final Authorisations authorisations;
    private final SignHashes signHashes;
    private final DocumentSigning documents;
    private final TimeStamps stamps;
    private final WorkFolder folder;
    private final Limits limits;
    private final Clock clock;

    SigningController(Credentials credentials, Authorisations authorisations, SignHashes signHashes, DocumentSigning documents, TimeStamps stamps, WorkFolder folder, Limits limits, Clock clock) {
        this.credentials = credentials;
        this.authorisations = authorisations;
        this.signHashes = signHashes;
        this.documents = documents;
        this.stamps = stamps;
        this.folder = folder;
        this.limits = limits;
        this.clock = clock;
    }

    @PostMapping(path = "/csc/v2/signatures/signHash", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> signHash(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request).mayAsk();
        HashQuestion question = CscJson.read(request, HashQuestion.class);
        SigningKey key = credentials.find(caller, question.credentialID);
        synchronous(question.operationMode);
        SignatureAlgorithm algorithm = Algorithms.algorithm(question.signAlgo, question.hashAlgorithmOID, question.signAlgoParams, key.certificate().getPublicKey());
        List<byte[]> hashes = Base64Text.hashes(question.hashes, algorithm.digestBytes(), Authorisation.MOST_HASHES);
        String authorisation = authorisation(caller, key, question.SAD);
        List<byte[]> values = signHashes.sign(new SignHashes.Request(caller.actor(), caller.from(), key, authorisation, algorithm, hashes));
        return Map.of("signatures", values.stream().map(Base64.getEncoder()::encodeToString).toList());
    }

    @PostMapping(path = "/csc/v2/signatures/signDoc", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> signDoc(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request).mayAsk();
        int largest = DocumentSigning.largestBody(limits.largestDocument());
        Path body = CscJson.store(request, folder, largest);
        try {
            long inMemory = Math.min(Files.size(body), Jobs.IN_MEMORY); // whatever its size, none of it goes through files
            return limits.jobs().run(caller.actor(), () -> {
                DocumentSigning.Question question = CscJson.read(body, DocumentSigning.Question.class, largest);
                WorkFolder.remove(body); // what it holds is in memory now
                SigningKey key = credentials.find(caller, question.credentialID());
                synchronous(question.operationMode());
                if (Boolean.TRUE.equals(question.returnValidationInfo())) {
                    throw Refusals.refusal("Invalid parameter returnValidationInfo: ask for the level AdES-B-LT, which has it inside");
                }
                return documents.sign(caller, key, authorisation(caller, key, question.SAD()), question);
            }, inMemory);
        } finally {
            WorkFolder.remove(body);
        }
    }

    @PostMapping(path = "/csc/v2/signatures/timestamp", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> timestamp(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Caller caller = Caller.of(token, request);
        if (!caller.scopes().contains("timestamp")) {
            caller.mayAsk();
        }
        StampQuestion question = CscJson.read(request, StampQuestion.class);
        String digest = Algorithms.digest(question.hashAlgo == null ? question.hashAlgorithmOID : question.hashAlgo);
        if (question.hash == null || question.hash.isEmpty()) {
            throw Refusals.missing("hash");
        }
        if (question.nonce != null) {
            throw Refusals.refusal("Invalid parameter nonce: the service sends and checks its own");
        }
        byte[] hash = Base64Text.hashes(List.of(question.hash), Caller.octets(digest), 1).getFirst();
        return Map.of("timestamp", Base64.getEncoder().encodeToString(TimeStampToken.in(stamps.stamp(digest, hash))));
    }

    /** Its id: of the SAD, or of the access token, which is one itself where it has the scope credential. */
    private String authorisation(Caller caller, SigningKey key, @Nullable String sad) {
        if (sad != null && !sad.isEmpty()) {
            return Caller.id("sad", sad);
        }
        if (!caller.bringsAuthorisation()) {
            throw Refusals.missing("SAD");
        }
        Authorisation brought = caller.authorisation(key.name(), clock);
        authorisations.begin(brought);
        return brought.id();
    }

    private static void synchronous(@Nullable String mode) {
        if (mode != null && !mode.equals("S")) {
            throw new Problem(Kind.MALFORMED_REQUEST, "Invalid parameter operationMode: S alone is served");
        }
    }
}
