package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.deferred.CompleteSignature;
import antin.signing.deferred.DeferredRequest;
import antin.signing.deferred.DeferredSignature;
import antin.signing.deferred.DeferredSignatures;
import antin.signing.deferred.PrepareSignature;
import antin.signing.deferred.ToBeSigned;
import antin.signing.seal.Seals;
import antin.signing.signature.Document;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignedDocument;
import antin.signing.token.AccessTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Signatures in two requests, and what is remembered of signatures and seals. */
@RestController
final class SignaturesController {

    static final String PATH = "/v1/signatures";

    private final PrepareSignature prepareSignature;
    private final CompleteSignature completeSignature;
    private final DeferredSignatures signatures;
    private final Seals seals;
    private final List<SignatureFormat> formats;
    private final WorkFolder folder;
    private final Limits limits;
    private final MeterRegistry metrics;

    SignaturesController(PrepareSignature prepareSignature, CompleteSignature completeSignature, DeferredSignatures signatures, Seals seals,
            List<SignatureFormat> formats, WorkFolder folder, Limits limits, MeterRegistry metrics) {
        this.prepareSignature = prepareSignature;
        this.completeSignature = completeSignature;
        this.signatures = signatures;
        this.seals = seals;
        this.formats = List.copyOf(formats);
        this.folder = folder;
        this.limits = limits;
        this.metrics = metrics;
    }

    @PostMapping(path = PATH, consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> prepare(@AuthenticationPrincipal Jwt token,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey, HttpServletRequest request) {
        try (SigningUpload upload = SigningUpload.read(request, folder, limits.largestDocument())) {
            SigningOptions options = upload.options();
            SignatureFormat format = options.formatOf(formats);
            DeferredRequest asked = new DeferredRequest(AccessTokens.actor(token), AccessTokens.person(token), request.getRemoteAddr(), format,
                options.signatureLevel(), options.packagingOf(format), options.signatureAlgorithm(), options.reason(), options.location(), upload.document(), options.chain(), upload.particulars(format),
                IdempotencyKey.checked(idempotencyKey), digest(upload));
            ToBeSigned answer = limits.jobs().run(asked.client(), () -> prepareSignature.prepare(asked), asked.document().size());
            return ResponseEntity.status(HttpStatus.CREATED).header(HttpHeaders.LOCATION, PATH + "/" + answer.signature().id()).body(json(answer));
        }
    }

    @PutMapping(path = PATH + "/{id}/value", consumes = MediaType.APPLICATION_JSON_VALUE)
    void complete(@AuthenticationPrincipal Jwt token, @PathVariable String id,
            @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Timer.Sample timer = Timer.start(metrics);
        boolean repeatable = IdempotencyKey.checked(idempotencyKey) != null;
        byte[] value = SmallJson.read(request, SignatureValue.class).octets();
        String client = AccessTokens.actor(token);
        long octets = signatures.find(id, client).map(DeferredSignature::documentSize).orElse(0L);
        SignedDocument signed = limits.jobs().run(client, () -> completeSignature.complete(id, client, request.getRemoteAddr(), repeatable, value), octets);
        timer.stop(metrics.timer("antin.signatures"));
        try {
            SignedAnswer.write(signed, HttpServletResponse.SC_OK, PATH + "/" + id, response);
        } finally {
            WorkFolder.remove(signed.file());
        }
    }

    @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> find(@AuthenticationPrincipal Jwt token, @PathVariable String id) {
        String client = AccessTokens.actor(token);
        return signatures.find(id, client).map(SignatureJson::of).or(() -> seals.find(id, client).map(SignatureJson::of)).orElseThrow(SignaturesController::unknown);
    }

    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal Jwt token, @PathVariable String id) {
        if (!signatures.delete(id, AccessTokens.actor(token))) {
            throw unknown();
        }
    }

    private static String digest(SigningUpload upload) {
        MessageDigest digest = Digests.newSha256();
        digest.update((upload.options() + "\n" + upload.document().name() + "\n" + upload.document().sha256() + "\n" + upload.pictureSha256()).getBytes(StandardCharsets.UTF_8));
        return Digests.text(digest);
    }

    private static Map<String, Object> json(ToBeSigned answer) {
        DeferredSignature signature = answer.signature();
        Base64.Encoder base64 = Base64.getEncoder();
        return Map.of("id", signature.id(), "toBeSigned", base64.encodeToString(answer.octets()), "digest", base64.encodeToString(signature.digest()),
            "digestAlgorithm", signature.algorithm().digest(), "signatureAlgorithm", signature.algorithm().word(), "expires", signature.expires().toString());
    }

    private static Problem unknown() {
        return new Problem(Kind.NOT_FOUND, "There is no such signature of this client's.");
    }
}
