package antin.signing.owner;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.PeerClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Backbone's approvals by two administrators: {@code POST /approvals/ID/consume}. */
public final class SecondPersons {

    /** Who asked for it, who allowed it, and why: two persons' numbers, and the first one's words. */
    record Leave(String requester, String approver, String reason) {
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String ACT = "agency-key-handover";

    private final PeerClient backbone;

    public SecondPersons(PeerClient backbone) {
        this.backbone = backbone;
    }

    /** Uses the approval up. @throws Problem {@code CONFLICT} where it is not given, used, too old, or about another key or receiver; {@code PEER_UNAVAILABLE} */
    Leave use(UUID approval, String key, String receiver) {
        HttpResponse<byte[]> answer = backbone.post("/approvals/" + approval + "/consume", JSON.writeValueAsBytes(Map.of("act", ACT, "beneficiary", receiver, "about", key)), PATIENCE);
        return switch (answer.statusCode()) {
            case 200 -> leave(answer.body());
            case 409 -> throw new Problem(Kind.CONFLICT, "This approval is not given, is used or too old, or is about another key or person.");
            default -> throw new Problem(Kind.PEER_UNAVAILABLE, "backbone said nothing of the approval, but status " + answer.statusCode() + ".");
        };
    }

    private static Leave leave(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            return new Leave(json.path("requester").asString(""), json.path("approver").asString(""), json.path("reason").asString(""));
        } catch (JacksonException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone's answer cannot be read.", e);
        }
    }
}
