package antin.backbone.certificates;

import antin.backbone.calls.JsonExchange;
import antin.ca.CertificateHold;
import antin.ca.CertificateStatus;
import antin.ca.CertificateStatus.Revocation;
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
import org.jspecify.annotations.Nullable;

/** {@code POST /holds}: the operator's {@code ./antin admin hold} takes a certificate back for a time, and {@code release} makes it good again. */
public final class Holds implements InternalListener.Endpoint {

    record Question(@Nullable String serial, @Nullable Boolean held, @Nullable String actor) {
    }

    /** @param heldSince null where it is good */
    record Answer(String serial, String issuer, boolean held, @Nullable Instant heldSince) {
    }

    private final CertificateHold authority;
    private final Consumer<CertificateStatus> learn;
    private final AuditLog audit;

    /** {@code learn} is told of each change before it is answered. */
    public Holds(CertificateHold authority, Consumer<CertificateStatus> learn, AuditLog audit) {
        this.authority = authority;
        this.learn = learn;
        this.audit = audit;
    }

    @Override
    public String path() {
        return "/holds";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:launcher"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, this::hold);
    }

    private Answer hold(Question question) {
        BigInteger serial = Revocations.serial(question.serial);
        String actor = Revocations.actor(question.actor);
        if (question.held == null) {
            throw new Problem(Kind.MALFORMED_REQUEST, "held is true or false.");
        }
        String act = question.held ? "certificate.hold" : "certificate.release";
        Map<String, String> what = Map.of("serial", serial.toString(16));
        audit.record(new AuditEvent(act, "begun", actor, "launcher", what));
        try {
            CertificateStatus status = question.held ? authority.hold(serial, actor) : authority.release(serial, actor);
            audit.record(new AuditEvent(act, "done", actor, "launcher", what));
            learn.accept(status);
            return new Answer(serial.toString(16), status.issuer(), status.isHeld(), status.revocation().map(Revocation::time).orElse(null));
        } catch (RuntimeException e) {
            audit.record(new AuditEvent(act, "failed", actor, "launcher", what));
            throw e;
        }
    }
}
