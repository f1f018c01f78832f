package antin.backbone;

import antin.backbone.calls.JsonExchange;
import antin.directory.PersonEntry;
import antin.directory.Register;
import antin.directory.Role;
import antin.kernel.internal.InternalListener;
import antin.kernel.tls.PeerName;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /leaders}: signing-service asks, before it uses an agency's key, whether the person who signed leads one of these units today: has the role, and the unit as home or by a position that is held.
 */
final class UnitLeaders implements InternalListener.Endpoint {

    record Question(@Nullable String person, @Nullable List<String> units) {
    }

    record Answer(boolean leads) {
    }

    private static final ZoneId ZONE = ZoneId.of("Asia/Ho_Chi_Minh");

    private final Register register;
    private final Clock clock;

    UnitLeaders(Register register, Clock clock) {
        this.register = register;
        this.clock = clock;
    }

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
        JsonExchange.serve(exchange, Question.class, question -> {
            List<String> units = question.units() == null ? List.of() : question.units();
            return new Answer(register.person(JsonExchange.needed(question.person(), "person")).filter(person -> leads(person, units)).isPresent());
        });
    }

    private boolean leads(PersonEntry person, List<String> units) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZONE);
        return person.active() && person.roles().contains(Role.LEADER)
            && (units.contains(person.unit()) || person.positions().stream().anyMatch(position -> units.contains(position.unit()) && position.isHeldOn(today)));
    }
}
