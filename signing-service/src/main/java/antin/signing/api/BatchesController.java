package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.key.KeyRing;
import antin.signing.Digests;
import antin.signing.WorkFolder;
import antin.signing.batch.Batch;
import antin.signing.batch.BatchItem;
import antin.signing.batch.BatchRequest;
import antin.signing.batch.Batches;
import antin.signing.hook.Hooks;
import antin.signing.seal.Seal;
import antin.signing.seal.Seals;
import antin.signing.signature.Document;
import antin.signing.signature.SignatureFormat;
import antin.signing.signature.SignedDocument;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Very many documents in one request: taken in, looked at, fetched, given up. */
@RestController
final class BatchesController {

    static final String PATH = "/v1/batches";
    private static final int LARGEST_PAGE = 10_000;
    private static final String USUAL_PAGE = "1000";

    /** What the part {@code options} says: as for a seal; the hook may stand in it or in a part of its own. */
    private record Asked(SigningOptions options, @Nullable String hook) {
    }

    private final Batches batches;
    private final Hooks hooks;
    private final Seals seals;
    private final KeyRing keys;
    private final List<SignatureFormat> formats;
    private final WorkFolder folder;
    private final int largestDocument;

    BatchesController(Batches batches, Hooks hooks, Seals seals, KeyRing keys, List<SignatureFormat> formats, WorkFolder folder, Limits limits) {
        this.batches = batches;
        this.hooks = hooks;
        this.seals = seals;
        this.keys = keys;
        this.formats = List.copyOf(formats);
        this.folder = folder;
        this.largestDocument = limits.largestDocument();
    }

    @PostMapping(path = PATH, consumes = MediaType.MULTIPART_FORM_DATA_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> make(@AuthenticationPrincipal Jwt token, @RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String sentKey,
            HttpServletRequest request) {
        String client = AccessTokens.actor(token);
        String idempotencyKey = IdempotencyKey.checked(sentKey);
        String id = batches.open(client, request.getRemoteAddr());
        boolean accepted = false;
        try {
            MessageDigest digest = Digests.newSha256();
            int[] number = {0};
            BatchUpload upload = BatchUpload.read(request, folder, largestDocument, batches.settings().largest(), batches.settings().mostDocuments(),
                early -> check(token, asked(early)), document -> add(id, ++number[0], document, digest));
            Asked asked = asked(upload.text("options").orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "The part \"options\" is missing.")));
            check(token, asked);
            String hook = hook(token, asked, upload.text("hook").orElse(null));
            if (upload.count() == 0) {
                throw new Problem(Kind.MALFORMED_REQUEST, "The part \"document\" is missing.");
            }
            digest.update((asked.options() + "\n" + hook).getBytes(StandardCharsets.UTF_8));
            SigningOptions options = asked.options();
            SignatureFormat format = options.formatOf(formats);
            String made = batches.accept(id, client, new BatchRequest(options.keyName(), format.name(), options.signatureLevel(), options.packagingOf(format),
                options.signatureAlgorithm(), options.reason(), options.location(), hook, idempotencyKey, Digests.text(digest)), upload.count());
            accepted = true;
            return ResponseEntity.status(HttpStatus.ACCEPTED).header(HttpHeaders.LOCATION, PATH + "/" + made).body(page(made, client, 0, Integer.parseInt(USUAL_PAGE)));
        } finally {
            if (!accepted) {
                batches.abandon(id);
            }
        }
    }

    @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, Object> find(@AuthenticationPrincipal Jwt token, @PathVariable String id, @RequestParam(defaultValue = "0") int after, @RequestParam(defaultValue = USUAL_PAGE) int limit) {
        if (limit < 1 || limit > LARGEST_PAGE || after < 0) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The parameter \"limit\" must be from 1 to " + LARGEST_PAGE + ", \"after\" from 0 up.");
        }
        return page(id, AccessTokens.actor(token), after, limit);
    }

    @GetMapping(PATH + "/{id}/items/{number}/document")
    void document(@AuthenticationPrincipal Jwt token, @PathVariable String id, @PathVariable int number, HttpServletResponse response) throws IOException {
        String client = AccessTokens.actor(token);
        Batch batch = batches.find(id, client).orElseThrow(BatchesController::unknown);
        if (number < 1 || number > batch.total()) {
            throw new Problem(Kind.NOT_FOUND, "The batch has no item of this number.");
        }
        BatchItem item = batches.items(id, number - 1, 1).getFirst();
        if (item.signature() == null) {
            throw new Problem(Kind.CONFLICT, "The item is " + item.state().name().toLowerCase(java.util.Locale.ROOT) + "; only what is done has a signed document.");
        }
        Seal.Result result = seals.find(item.signature(), client).map(Seal::result).orElseThrow(BatchesController::unknown);
        Path file = folder.newFile();
        try {
            seals.fetch(item.signature(), file);
            SignedAnswer.write(new SignedDocument(file, result.name(), result.mediaType()), HttpServletResponse.SC_OK, response);
        } finally {
            WorkFolder.remove(file);
        }
    }

    @DeleteMapping(PATH + "/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(@AuthenticationPrincipal Jwt token, @PathVariable String id) {
        if (!batches.cancel(id, AccessTokens.actor(token))) {
            throw unknown();
        }
    }

    private Map<String, Object> page(String id, String client, int after, int limit) {
        Batch batch = batches.find(id, client).orElseThrow(BatchesController::unknown);
        List<BatchItem> items = batches.items(id, after, limit);
        int last = items.isEmpty() ? batch.total() : items.getLast().number();
        return BatchJson.of(batch, items, last < batch.total() ? last : 0);
    }

    private void add(String id, int number, Document document, MessageDigest digest) {
        batches.add(id, number, document);
        digest.update((document.name() + "\n" + document.sha256() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static Asked asked(String json) {
        ObjectNode all = SmallJson.read("part \"options\"", json, ObjectNode.class);
        JsonNode hook = all.remove("hook");
        return new Asked(SigningOptions.read(all.toString()), hook == null || hook.isNull() ? null : hook.asString(""));
    }

    /** All that can be refused before a document was looked at; the key's rules are asked again for each. */
    private void check(Jwt token, Asked asked) {
        SigningOptions options = asked.options();
        if (!Scopes.of(token).contains("seal:" + options.keyName())) {
            throw new Problem(Kind.NOT_ALLOWED, "The token has no scope seal:" + options.keyName() + ".");
        }
        if (keys.find(options.keyName()).isEmpty()) {
            throw new Problem(Kind.NOT_FOUND, "There is no key " + options.keyName() + ".");
        }
        SignatureFormat format = options.formatOf(formats);
        options.checkTexts(format.name().equals("PAdES"));
        options.signatureLevel();
        options.packagingOf(format);
        options.signatureAlgorithm();
    }

    private @Nullable String hook(Jwt token, Asked asked, @Nullable String part) {
        String hook = part == null ? asked.hook() : part.strip();
        if (hook == null) {
            return null;
        }
        if (asked.hook() != null && !asked.hook().equals(hook)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "There are two names of a hook.");
        }
        if (!hooks.isFor(hook, String.valueOf(token.getClaimAsString("client_id")))) {
            throw new Problem(Kind.NOT_ALLOWED, "There is no hook of this name that an administrator registered for this client.");
        }
        return hook;
    }

    private static Problem unknown() {
        return new Problem(Kind.NOT_FOUND, "There is no such batch of this client's.");
    }
}
