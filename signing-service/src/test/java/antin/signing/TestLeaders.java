package antin.signing;

import antin.kernel.internal.InternalListener.Endpoint;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As backbone answers who leads what, of the sample city: 100005 leads so-noi-vu. Backbone's UnitLeadersTest holds it to the same. */
final class TestLeaders implements Endpoint {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Override
    public String path() {
        return "/leaders";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
        boolean leads = asked.get("person").asString().equals("100005") && asked.get("units").valueStream().anyMatch(unit -> unit.asString().equals("so-noi-vu"));
        byte[] answer = ("{\"leads\":" + leads + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
    }
}
