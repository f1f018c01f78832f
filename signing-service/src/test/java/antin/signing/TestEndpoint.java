package antin.signing;

import antin.kernel.internal.InternalListener.Endpoint;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One question that backbone answers to signing-service: JSON in, JSON out. */
record TestEndpoint(String path, Function<JsonNode, String> answer) implements Endpoint {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Of the sample city: 100005 leads so-noi-vu. Backbone's UnitLeadersTest holds it to the same. */
    static TestEndpoint leaders() {
        return new TestEndpoint("/leaders", asked -> "{\"leads\":" + (asked.get("person").asString().equals("100005")
            && asked.get("units").valueStream().anyMatch(unit -> unit.asString().equals("so-noi-vu"))) + "}");
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        byte[] body = answer.apply(JSON.readTree(exchange.getRequestBody().readAllBytes())).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }
}
