package antin.signing.seal;

import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.PeerClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Who leads what, as backbone knows it from the directory: {@code POST /leaders}. */
public final class Leaders {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PeerClient backbone;

    public Leaders(PeerClient backbone) {
        this.backbone = backbone;
    }

    /** Whether the person, by number, leads one of the units, by short name, today. @throws Problem {@code PEER_UNAVAILABLE} where nobody can say */
    boolean lead(String person, List<String> units) {
        HttpResponse<byte[]> answer = backbone.post("/leaders", JSON.writeValueAsBytes(Map.of("person", person, "units", units)), PATIENCE);
        if (answer.statusCode() != 200) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone does not say who leads what, but status " + answer.statusCode() + ".");
        }
        try {
            return JSON.readTree(answer.body()).path("leads").asBoolean(false);
        } catch (JacksonException e) {
            throw new Problem(Kind.PEER_UNAVAILABLE, "backbone's answer cannot be read.", e);
        }
    }
}
