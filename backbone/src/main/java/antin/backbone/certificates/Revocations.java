package antin.backbone.certificates;

import antin.backbone.calls.JsonExchange;
import antin.ca.CertificateAuthority;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
import antin.ca.RevocationReason;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.audit.AuditEvent;
import antin.kernel.audit.AuditLog;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code POST /revocations}: the operator's {@code ./antin admin revoke} takes a certificate back. */
public final class Revocations implements InternalListener.Endpoint {

    record Question(@Nullable String serial, @Nullable String reason, @Nullable String actor) {
    }

    record Answer(String serial, String issuer, Instant revokedAt, String reason) {
    }

    private static final String SERIAL = "[0-9a-fA-F]{1,40}"; // RFC 5280, 4.1.2.2: 20 octets
    private static final String ACTOR = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._@-]{0,63}";

    private final CertificateAuthority authority;
    private final Consumer<CertificateStatus> learn;
    private final AuditLog audit;

    /** {@code learn} is told of each revocation before it is answered. */
    public Revocations(CertificateAuthority authority, Consumer<CertificateStatus> learn, AuditLog audit) {
        this.authority = authority;
        this.learn = learn;
        this.audit = audit;
    }

    @Override
    public String path() {
        return "/revocations";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:launcher"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, this::revoke);
    }

    private Answer revoke(Question question) {
        BigInteger serial = serial(question.serial);
        RevocationReason reason = RevocationReason.named(JsonExchange.needed(question.reason, "reason")).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST,
            "The reason is one of " + RevocationReason.forGood().stream().map(RevocationReason::word).collect(Collectors.joining(", ")) + "."));
        String actor = actor(question.actor);
        Map<String, String> what = Map.of("serial", serial.toString(16), "reason", reason.word());
        audit.record(new AuditEvent("certificate.revoke", "begun", actor, "launcher", what));
        try {
            CertificateStatus status = authority.revoke(serial, reason, actor);
            audit.record(new AuditEvent("certificate.revoke", "done", actor, "launcher", what));
            learn.accept(status);
            // The first revocation counts, whatever was asked for now
            Revocation revocation = status.revocation().orElseThrow(() -> new Problem(Kind.INTERNAL, "The authority did not revoke."));
            return new Answer(serial.toString(16), status.issuer(), revocation.time(), revocation.reason().word());
        } catch (RuntimeException e) {
            audit.record(new AuditEvent("certificate.revoke", "failed", actor, "launcher", what));
            throw e;
        }
    }

    static BigInteger serial(@Nullable String untrusted) {
        String untrustedSerial = JsonExchange.needed(untrusted, "serial").replace(":", "");
        if (!untrustedSerial.matches(SERIAL)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "A serial is up to 40 hexadecimal digits.");
        }
        return new BigInteger(untrustedSerial, 16);
    }

    static String actor(@Nullable String untrusted) {
        String actor = JsonExchange.needed(untrusted, "actor");
        if (!actor.matches(ACTOR)) {
            throw new Problem(Kind.MALFORMED_REQUEST, "The actor is a name of at most 64 letters and digits.");
        }
        return actor;
    }
}
