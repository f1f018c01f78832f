package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.seal.Seal;
import antin.signing.seal.Seal.Result;
import antin.signing.seal.SealDocument;
import antin.signing.seal.SealRequest;
import antin.signing.seal.SealedDocument;
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
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Journey 3 over HTTP: decode, authorise, act, answer. */
@RestController
final class SealsController {

    private final SealDocument sealDocument;
    private final List<SignatureFormat> formats;
    private final WorkFolder folder;
    private final Limits limits;
    private final MeterRegistry metrics;

    SealsController(SealDocument sealDocument, List<SignatureFormat> formats, WorkFolder folder, Limits limits, MeterRegistry metrics) {
        this.sealDocument = sealDocument;
        this.formats = List.copyOf(formats);
        this.folder = folder;
        this.limits = limits;
        this.metrics = metrics;
    }

    @PostMapping(path = "/v1/seals", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    void seal(@AuthenticationPrincipal Jwt token, @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
              HttpServletRequest request, HttpServletResponse response) throws IOException, HttpMediaTypeNotAcceptableException {
        Timer.Sample timer = Timer.start(metrics);
        SealedDocument sealed;
        // Step 1 was the token's check, in the filters. Step 2: what is asked, and whether this client may
        try (SigningUpload upload = SigningUpload.read(request, folder, limits.largestDocument())) {
            SigningOptions options = upload.options();
            if (!Scopes.of(token).contains("seal:" + options.keyName())) {
                throw new Problem(Kind.NOT_ALLOWED, "The token has no scope seal:" + options.keyName() + ".");
            }
            SealRequest asked = asked(token, upload, IdempotencyKey.checked(idempotencyKey), request);
            Accept.check(request, MediaType.parseMediaType(asked.format().mediaType(asked.packaging())));
            sealed = limits.jobs().run(asked.client(), () -> sealDocument.seal(asked), asked.document().size());
            timer.stop(metrics.timer("antin.seals", "format", asked.format().name(), "level", asked.level().name()));
        }
        // Step 10: the document, and where it is remembered
        try {
            SignedAnswer.write(sealed.document(), HttpServletResponse.SC_CREATED, SignaturesController.PATH + "/" + sealed.id(), response);
        } finally {
            WorkFolder.remove(sealed.document().file());
        }
    }

    private SealRequest asked(Jwt token, SigningUpload upload, @Nullable String idempotencyKey, HttpServletRequest request) {
        SigningOptions options = upload.options();
        Document document = upload.document();
        SignatureFormat format = options.formatOf(formats);
        MessageDigest digest = Digests.newSha256();
        digest.update((options + "\n" + document.name() + "\n" + document.sha256() + "\n" + upload.pictureSha256()).getBytes(StandardCharsets.UTF_8));
        return new SealRequest(AccessTokens.actor(token), request.getRemoteAddr(), options.keyName(), format, options.signatureLevel(),
            options.packagingOf(format), options.signatureAlgorithm(), options.reason(), options.location(), document, idempotencyKey, Digests.text(digest), upload.particulars(format));
    }
}
