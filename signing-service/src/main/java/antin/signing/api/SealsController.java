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
import java.util.Set;
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

    private static final String SIGNATURES = "/v1/signatures/";

    private final SealDocument sealDocument;
    private final Seals seals;
    private final List<SignatureFormat> formats;
    private final WorkFolder folder;
    private final Limits limits;
    private final MeterRegistry metrics;

    SealsController(SealDocument sealDocument, Seals seals, List<SignatureFormat> formats, WorkFolder folder, Limits limits, MeterRegistry metrics) {
        this.sealDocument = sealDocument;
        this.seals = seals;
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
        try (Upload upload = Upload.read(request, folder, limits.largestDocument(), Set.of("options"), Set.of("document"))) {
            SealOptions options = SealOptions.read(upload.text("options")
                .orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "The part \"options\" is missing.")));
            if (!Scopes.of(token).contains("seal:" + options.keyName())) {
                throw new Problem(Kind.NOT_ALLOWED, "The token has no scope seal:" + options.keyName() + ".");
            }
            SealRequest asked = asked(token, options, upload.document(), checked(idempotencyKey), request);
            Accept.check(request, MediaType.parseMediaType(asked.format().mediaType(asked.packaging())));
            sealed = limits.jobs().run(() -> sealDocument.seal(asked));
            timer.stop(metrics.timer("antin.seals", "format", asked.format().name(), "level", asked.level().name()));
        }
        // Step 10: the document, and where it is remembered
        try {
            answer(sealed, response);
        } finally {
            WorkFolder.remove(sealed.document().file());
        }
    }

    @GetMapping(path = SIGNATURES + "{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> find(@AuthenticationPrincipal Jwt token, @PathVariable String id) {
        Seal seal = seals.find(id, AccessTokens.actor(token)).orElseThrow(() -> new Problem(Kind.NOT_FOUND, "There is no such signature of this client's."));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", seal.id());
        answer.put("state", seal.state().name().toLowerCase(Locale.ROOT));
        answer.put("key", seal.key());
        answer.put("format", seal.format());
        answer.put("level", seal.level());
        answer.put("algorithm", seal.algorithm());
        answer.put("document", Map.of("name", seal.documentName(), "sha256", seal.documentSha256()));
        answer.put("certificate", String.valueOf(seal.certificate()));
        Result result = seal.result();
        if (result != null) {
            answer.put("result", Map.of("name", result.name(), "mediaType", result.mediaType(), "sha256", result.sha256(), "size", result.size()));
        }
        answer.put("begun", seal.begun().toString());
        if (seal.ended() != null) {
            answer.put("ended", seal.ended().toString());
        }
        return answer;
    }

    private SealRequest asked(Jwt token, SealOptions options, Document document, @Nullable String idempotencyKey, HttpServletRequest request) {
        SignatureFormat format = options.formatOf(formats);
        options.checkTexts(format.name().equals("PAdES"));
        MessageDigest digest = Digests.newSha256();
        digest.update((options + "\n" + document.name() + "\n" + document.sha256()).getBytes(StandardCharsets.UTF_8));
        return new SealRequest(AccessTokens.actor(token), request.getRemoteAddr(), options.keyName(), format, options.signatureLevel(),
            options.packagingOf(format), options.signatureAlgorithm(), options.reason(), options.location(), document, idempotencyKey, Digests.text(digest));
    }

    private static @Nullable String checked(@Nullable String idempotencyKey) {
        if (idempotencyKey != null && !idempotencyKey.matches("[\\x21-\\x7e]{1,128}")) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The Idempotency-Key must be 1 to 128 visible ASCII characters.");
        }
        return idempotencyKey;
    }

    private static void answer(SealedDocument sealed, HttpServletResponse response) throws IOException {
        SignedDocument document = sealed.document();
        response.setStatus(HttpServletResponse.SC_CREATED);
        response.setHeader(HttpHeaders.LOCATION, SIGNATURES + sealed.id());
        response.setContentType(document.mediaType());
        response.setContentLengthLong(Files.size(document.file()));
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(document.name()));
        Files.copy(document.file(), response.getOutputStream());
    }

    /** ASCII throughout: the plain name for programs that know no other (RFC 6266, appendix D), and the whole name beside it (RFC 8187). */
    private static String disposition(String name) {
        String whole = ContentDisposition.attachment().filename(name, StandardCharsets.UTF_8).build().toString();
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"; " + whole.substring(whole.indexOf("filename*="));
    }
}
