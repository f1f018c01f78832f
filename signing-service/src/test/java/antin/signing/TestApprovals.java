package antin.signing;

import antin.kernel.internal.InternalListener.Endpoint;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;

/** As backbone answers for an approval: once, to whoever names act, beneficiary and thing as they were given. Backbone's own ApprovalsTest holds it to the same. */
final class TestApprovals implements Endpoint {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Map<String, String>> given = new ConcurrentHashMap<>();

    /** Returns its id. */
    String give(String act, String beneficiary, String about) {
        String id = UUID.randomUUID().toString();
        given.put(id, Map.of("act", act, "beneficiary", beneficiary, "about", about));
        return id;
    }

    @Override
    public String path() {
        return "/approvals/";
    }

    @Override
    public boolean serves(String path) {
        return path.matches("/approvals/[0-9a-f-]{36}/consume");
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        Map<?, ?> asked = JSON.readValue(exchange.getRequestBody().readAllBytes(), Map.class);
        boolean used = given.remove(exchange.getRequestURI().getPath().split("/")[2], asked);
        byte[] answer = (used ? "{\"requester\":\"100008\",\"approver\":\"100003\",\"reason\":\"Quyết định 12\"}" : "{}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(used ? 200 : 409, answer.length);
        exchange.getResponseBody().write(answer);
    }
}
