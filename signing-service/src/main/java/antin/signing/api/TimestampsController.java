package antin.signing.api;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.signing.signature.TimeStamps;
import antin.signing.token.AccessTokens;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A time stamp over a digest, for documents that stay with their owner. */
@RestController
final class TimestampsController {

    private static final Map<String, Integer> DIGESTS = Map.of("SHA-256", 32, "SHA-384", 48, "SHA-512", 64);

    /** As sent. */
    private record Question(@Nullable String digest, @Nullable String digestAlgorithm) {
    }

    private final TimeStamps stamps;
    private final AuditLog audit;

    TimestampsController(TimeStamps stamps, AuditLog audit) {
        this.stamps = stamps;
        this.audit = audit;
    }

    @PostMapping(path = "/v1/timestamps", consumes = MediaType.APPLICATION_JSON_VALUE, produces = "application/timestamp-reply")
    byte[] stamp(@AuthenticationPrincipal Jwt token, HttpServletRequest request) throws IOException {
        Question question = SmallJson.read(request, Question.class);
        byte[] digest = digest(question);
        byte[] answer = stamps.stamp(String.valueOf(question.digestAlgorithm), digest);
        audit.record(new AuditEvent("timestamp.fetch", "done", AccessTokens.actor(token), request.getRemoteAddr(), Map.of("digest", HexFormat.of().formatHex(digest))));
        return answer;
    }

    private static byte[] digest(Question question) {
        Integer octets = question.digestAlgorithm == null ? null : DIGESTS.get(question.digestAlgorithm);
        try {
            byte[] digest = Base64.getDecoder().decode(question.digest == null ? "" : question.digest);
            if (octets != null && digest.length == octets) {
                return digest;
            }
        } catch (IllegalArgumentException e) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The member \"digest\" must be base64.", e);
        }
        throw new Problem(Kind.MALFORMED_REQUEST, "The member \"digestAlgorithm\" must be SHA-256, SHA-384 or SHA-512, and \"digest\" of its length.");
    }
}
