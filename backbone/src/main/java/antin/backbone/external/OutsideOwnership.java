package antin.backbone.external;

import antin.backbone.calls.JsonExchange;
import antin.ca.external.KnownCertificates;
import antin.ca.external.Registered;
import antin.kernel.Problem;
import antin.kernel.Problem.Kind;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /outside-certificates/owner}: for whom a certificate of another authority is registered, as long as it is good; an empty text for nobody. */
public final class OutsideOwnership implements InternalListener.Endpoint {

    record Question(@Nullable String sha256) {
    }

    record Answer(String owner) {
    }

    private final KnownCertificates certificates;
    private final Clock clock;

    public OutsideOwnership(KnownCertificates certificates, Clock clock) {
        this.certificates = certificates;
        this.clock = clock;
    }

    @Override
    public String path() {
        return "/outside-certificates/owner";
    }

    @Override
    public Set<PeerName> peers() {
        return Set.of(new PeerName("antin:signing-service"));
    }

    @Override
    public void serve(HttpExchange exchange) throws IOException {
        JsonExchange.serve(exchange, Question.class, question -> {
            String sha256 = JsonExchange.needed(question.sha256(), "sha256");
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new Problem(Kind.MALFORMED_REQUEST, "The field sha256 must have 64 hexadecimal digits in small letters.");
            }
            return new Answer(certificates.good(sha256, clock.instant()).map(Registered::owner).orElse(""));
        });
    }
}
