package antin.backbone.approval;

import antin.backbone.calls.JsonExchange;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /approvals/ID/consume}: another of our processes uses an approval up before it does the act that the body names, for the beneficiary and about the thing that it names. Answers 200 once, 409
 * ever after, and 409 without using it up where it was given for another.
 */
public final class ApprovalConsumption implements InternalListener.Endpoint {

    record Question(@Nullable String act, @Nullable String beneficiary, @Nullable String about) {
    }

    record Used(String id, String act, String requester, String approver, String beneficiary, String about, String reason) {
    }

    private static final Pattern PATH = Pattern.compile("/approvals/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/consume");

    private final Approvals approvals;

    public ApprovalConsumption(Approvals approvals) {
        this.approvals = approvals;
    }

    @Override
    public String path() {
        return "/approvals/";
    }

    @Override
    public boolean serves(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"), new PeerName("antin:ca"), new PeerName("antin:mail-server"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            throw new IllegalStateException("The listener asks first.");
        }
        PeerName peer = InternalListener.peer(exchange);
        JsonExchange.serve(exchange, Question.class, question -> {
            ApprovalAct act = ApprovalAct.of(JsonExchange.needed(question.act(), "act")).orElseThrow(() -> new Problem(Kind.MALFORMED_REQUEST, "No such act."));
            if (!act.peers().contains(peer)) {
                throw new Problem(Kind.NOT_ALLOWED, "This act is another's.");
            }
            Approval used = approvals.consume(UUID.fromString(path.group(1)), act, JsonExchange.needed(question.beneficiary(), "beneficiary"),
                JsonExchange.needed(question.about(), "about"), peer.value(), exchange.getRemoteAddress().getAddress().getHostAddress());
            return new Used(used.id().toString(), act.word(), used.requester(), used.decidedBy().orElse(""), used.beneficiary(), used.about(), used.reason());
        });
    }
}
